using System.Buffers;
using System.Buffers.Text;
using Scrip.Bench.Certificates;

namespace Scrip.Bench.Load;

/// <summary>Puts a request together from bytes: tens of thousands are made each second.</summary>
internal ref struct RequestWriter(Span<byte> destination)
{
    private readonly Span<byte> destination = destination;
    private int lengthPlace;
    private int bodyStart;

    public int Length { get; private set; }

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(destination[Length..]);
        Length += text.Length;
    }

    public void Add(long number)
    {
        Utf8Formatter.TryFormat(number, destination[Length..], out var written);
        Length += written;
    }

    /// <summary>The code of this certificate.</summary>
    public void AddCode(int id)
    {
        CertificateCodes.Write(id, destination[Length..]);
        Length += CertificateCodes.Length;
    }

    /// <summary>Sixteen digits without an order, as the random keys of real callers have none; never the same for two numbers.</summary>
    public void AddKey(ulong number)
    {
        Utf8Formatter.TryFormat(Scrambled.Number(number), destination[Length..], out var written, new StandardFormat('x', 16));
        Length += written;
    }

    /// <summary>Ends the head. The length of what follows is filled in by <see cref="EndBody"/>; spaces after it mean nothing.</summary>
    public void BeginBody()
    {
        Add("Content-Type: application/json\r\nContent-Length: "u8);
        lengthPlace = Length;
        Add("    \r\n\r\n"u8);
        bodyStart = Length;
    }

    public readonly void EndBody() => Utf8Formatter.TryFormat(Length - bodyStart, destination[lengthPlace..], out _);
}

using System.Buffers;
using System.Buffers.Text;
using Scrip.Bench.Certificates;

namespace Scrip.Bench.Load;

/// <summary>Assembles a request from bytes: tens of thousands are created each second.</summary>
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

    /// <summary>Adds the code of this certificate.</summary>
    public void AddCode(int id)
    {
        CertificateCodes.Write(id, destination[Length..]);
        Length += CertificateCodes.Length;
    }

    /// <summary>Adds sixteen digits without an order, like the random keys of real callers; distinct for distinct numbers.</summary>
    public void AddKey(ulong number)
    {
        Utf8Formatter.TryFormat(Scrambled.Number(number), destination[Length..], out var written, new StandardFormat('x', 16));
        Length += written;
    }

    /// <summary>Ends the head. <see cref="EndBody"/> fills in the length of what follows; the spaces after it mean nothing.</summary>
    public void BeginBody()
    {
        Add("Content-Type: application/json\r\nContent-Length: "u8);
        lengthPlace = Length;
        Add("    \r\n\r\n"u8);
        bodyStart = Length;
    }

    public readonly void EndBody() => Utf8Formatter.TryFormat(Length - bodyStart, destination[lengthPlace..], out _);
}

using System.Buffers.Text;
using System.Text;
using Scrip.Bench.Certificates;

namespace Scrip.Bench.Http;

/// <summary>The PUT of one certificate as bytes that are written once and then patched: thousands of them are sent each second.</summary>
internal sealed class PutRequest
{
    private const string Path = "PUT " + RequestFactory.Certificates;

    // Of one width, so that the length of the body never changes.
    public const int SmallestValue = 100_000_000;
    public const int LargestValue = 999_999_999;

    private const int LongestId = 20;

    private readonly byte[] bytes;
    private readonly byte[] tail;
    private readonly int codeOffset;
    private readonly int valueOffset;

    public PutRequest(RequestFactory requests)
    {
        var codePlace = new string('#', CertificateCodes.Length);
        var body = $$"""{"code":"{{codePlace}}","value":{{SmallestValue}}}""";
        var text = "/" + requests.HeadOfBody(body.Length) + body;
        codeOffset = text.IndexOf(codePlace, StringComparison.Ordinal);
        valueOffset = text.Length - body.Length + body.IndexOf(SmallestValue.ToString(), StringComparison.Ordinal);
        tail = Encoding.ASCII.GetBytes(text);
        bytes = new byte[Path.Length + LongestId + text.Length];
        Encoding.ASCII.GetBytes(Path, bytes);
    }

    /// <summary>The bytes of this request, valid until the next call. The code stays what it was, the value becomes another.</summary>
    public ReadOnlyMemory<byte> For(int id, int value)
    {
        Utf8Formatter.TryFormat(id, bytes.AsSpan(Path.Length), out var idLength);
        var rest = Path.Length + idLength;
        tail.CopyTo(bytes, rest);
        CertificateCodes.Original.Write(id, bytes.AsSpan(rest + codeOffset));
        Utf8Formatter.TryFormat(value, bytes.AsSpan(rest + valueOffset), out _);
        return bytes.AsMemory(0, rest + tail.Length);
    }
}

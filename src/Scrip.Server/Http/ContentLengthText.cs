using System.Text;
using Microsoft.Net.Http.Headers;

namespace Scrip.Server.Http;

/// <summary>
/// Decodes Content-Length for Kestrel: digits and nothing else (RFC 9110, 8.6). Kestrel's own parser also accepts a sign. A proxy in front
/// of the server that reads a different length, or none, would take the body of this request for the next request (RFC 9112, 6.3).
/// </summary>
internal sealed class ContentLengthText : ASCIIEncoding
{
    private const char NoDigit = '?';

    private static readonly ContentLengthText Instance = new();

    /// <summary>The encoding of a header's value; null for Kestrel's default.</summary>
    public static Encoding? ForHeader(string name) => name == HeaderNames.ContentLength ? Instance : null;

    /// <summary>Decodes anything but digits to a text that no parser accepts.</summary>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.Length <= chars.Length && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return base.GetChars(bytes, chars);
        chars[0] = NoDigit;
        return 1;
    }
}

using System.Text;
using Microsoft.Net.Http.Headers;

namespace Scrip.Server.Http;

/// <summary>
/// Reads the text of Content-Length for Kestrel: digits and nothing else (RFC 9110, 8.6). Kestrel's own parser takes a sign as well. A
/// proxy in front that sees another length in it, or none, would take for the next request what is the body of this one here
/// (RFC 9112, 6.3).
/// </summary>
internal sealed class ContentLengthText : ASCIIEncoding
{
    private const char NoDigit = '?';

    private static readonly ContentLengthText Instance = new();

    /// <summary>The encoding of a header's value; null for Kestrel's default.</summary>
    public static Encoding? ForHeader(string name) => name == HeaderNames.ContentLength ? Instance : null;

    /// <summary>What is not a number of digits comes out as a text that no parser takes for one.</summary>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.Length <= chars.Length && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return base.GetChars(bytes, chars);
        chars[0] = NoDigit;
        return 1;
    }
}

using System.Buffers.Text;
using System.Net;
using System.Text;

namespace Scrip.Bench.Http;

/// <summary>The parts of a status line and headers that a client needs to find the end of the body.</summary>
internal readonly record struct ResponseHead(HttpStatusCode Status, long ContentLength, bool IsChunked)
{
    private const int StatusOffset = 9;

    /// <param name="bytes">The bytes from <c>HTTP/1.1</c> up to and including the empty line.</param>
    public static ResponseHead Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < StatusOffset || !Utf8Parser.TryParse(bytes[StatusOffset..], out int status, out _))
            throw new BenchException($"No HTTP response: {Encoding.UTF8.GetString(bytes)}");

        var head = new ResponseHead((HttpStatusCode)status, 0, false);
        while (bytes.IndexOf("\r\n"u8) is var end && end >= 0)
        {
            var line = bytes[..end];
            bytes = bytes[(end + 2)..];
            var colon = line.IndexOf((byte)':');
            if (colon < 0)
                continue;
            var value = line[(colon + 1)..].TrimStart((byte)' ');
            if (Ascii.EqualsIgnoreCase(line[..colon], "Content-Length"u8) && Utf8Parser.TryParse(value, out long length, out _))
                head = head with { ContentLength = length };
            else if (Ascii.EqualsIgnoreCase(line[..colon], "Transfer-Encoding"u8))
                head = head with { IsChunked = Ascii.EqualsIgnoreCase(value, "chunked"u8) };
        }
        return head;
    }
}

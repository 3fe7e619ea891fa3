using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>The whole body of a request in a pooled buffer. Dispose it to return the buffer.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>The largest body of a call that has only a few values, in bytes.</summary>
    public const int MaxSmallBytes = 16 * 1024;

    private const string Json = "application/json";

    /// <summary>RFC 7396. It describes what PATCH does here for either type: omitted members stay unchanged.</summary>
    private const string MergePatch = "application/merge-patch+json";

    private const string Identity = "identity";
    private const int SmallestBuffer = 4096;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The encodings whose text is valid UTF-8, under the names that clients use.</summary>
    private static readonly string[] Utf8Names = ["utf-8", "utf8", "us-ascii"];

    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    private byte[] buffer;
    private int length;
    private bool isRented = true;

    private RequestBody(byte[] buffer) => this.buffer = buffer;

    /// <summary>The body without a byte order mark, which RFC 8259 lets a reader ignore.</summary>
    public ReadOnlySpan<byte> Utf8
    {
        get
        {
            var bytes = buffer.AsSpan(0, length);
            return bytes.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        }
    }

    /// <summary>The body of a call without one.</summary>
    public static RequestBody None() => new([]);

    /// <summary>Reads a JSON body of at most <paramref name="maxBytes"/>; otherwise returns the problem.</summary>
    /// <param name="beforeRenting">Receives the size of each buffer before it is rented; may throw to prevent that.</param>
    public static async ValueTask<(RequestBody? Body, ProblemResult? Problem)> ReadAsync(
        HttpRequest request, int maxBytes, Action<int>? beforeRenting = null) =>
        FaultOfType(request) is { } fault ? (null, fault) : await ReadBytesAsync(request, maxBytes, beforeRenting);

    /// <summary>
    /// Reads the body of a call in which every member is optional. Whatever clients send for an empty body becomes an empty object:
    /// nothing, white space or a byte order mark with any content type, and <c>null</c> and <c>[]</c> as JSON.
    /// </summary>
    public static async ValueTask<(RequestBody? Body, ProblemResult? Problem)> ReadOptionalAsync(HttpRequest request, int maxBytes)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
            return (EmptyObject(), null);
        var (body, problem) = await ReadBytesAsync(request, maxBytes, beforeRenting: null);
        if (body is null)
            return (null, problem);
        var isBlank = body.Utf8.Trim(WhiteSpace).IsEmpty;
        if (!isBlank && FaultOfType(request) is { } fault)
        {
            body.Dispose();
            return (null, fault);
        }
        if (!isBlank && !IsNullOrEmptyArray(body.Utf8))
            return (body, null);
        body.Dispose();
        return (EmptyObject(), null);
    }

    /// <summary>Reads a file in one of these media types.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public static async ValueTask<(RequestBody? Body, ProblemResult? Problem)> ReadFileAsync(
        HttpRequest request, int maxBytes, string[] mediaTypes, Action<int>? beforeRenting)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !mediaTypes.Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase))
        {
            request.HttpContext.Response.Headers.Accept = string.Join(", ", mediaTypes);
            return (null, new ProblemResult(
                ProblemType.UnsupportedMediaType, $"Send Content-Type: {string.Join(" or ", mediaTypes)}."));
        }
        return FaultOfEncoding(request) is { } fault ? (null, fault) : await ReadBytesAsync(request, maxBytes, beforeRenting);
    }

    /// <summary>All bytes, valid until the body is disposed of.</summary>
    public MemoryStream OpenRead() => new(buffer, 0, length, writable: false);

    public void Dispose()
    {
        if (isRented && buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    private static async ValueTask<(RequestBody? Body, ProblemResult? Problem)> ReadBytesAsync(
        HttpRequest request, int maxBytes, Action<int>? beforeRenting)
    {
        if (request.ContentLength > maxBytes)
            return (null, TooLarge(maxBytes));
        var size = Math.Max(SmallestBuffer, (int)(request.ContentLength ?? 0) + 1);
        beforeRenting?.Invoke(size);
        await using var client = new ClientBody(request);
        var body = new RequestBody(ArrayPool<byte>.Shared.Rent(size));
        try
        {
            while (true)
            {
                var read = await client.ReadAsync(body.buffer.AsMemory(body.length));
                if (read == 0)
                    return (body, null);
                body.length += read;
                if (body.length > maxBytes)
                {
                    body.Dispose();
                    return (null, TooLarge(maxBytes));
                }
                if (body.length == body.buffer.Length)
                {
                    beforeRenting?.Invoke(body.buffer.Length * 2);
                    body.Grow();
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static bool IsNullOrEmptyArray(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.Trim(WhiteSpace);
        return text.SequenceEqual("null"u8)
            || (text is [(byte)'[', .. var items, (byte)']'] && items.Trim(WhiteSpace).IsEmpty);
    }

    private static RequestBody EmptyObject() => new([.. "{}"u8]) { length = 2, isRented = false };

    private static ProblemResult? FaultOfType(HttpRequest request)
    {
        var response = request.HttpContext.Response;
        if (!IsJson(request))
        {
            response.Headers.Accept = Json;
            if (HttpMethods.IsPatch(request.Method))
                response.Headers["Accept-Patch"] = response.Headers.Accept = $"{Json}, {MergePatch}";
            return new ProblemResult(ProblemType.UnsupportedMediaType, $"Send Content-Type: {Json} (in UTF-8).");
        }
        return FaultOfEncoding(request);
    }

    private static ProblemResult? FaultOfEncoding(HttpRequest request)
    {
        if (IsPlain(request))
            return null;
        request.HttpContext.Response.Headers.AcceptEncoding = Identity;
        return new ProblemResult(ProblemType.UnsupportedMediaType, "Send the body without Content-Encoding.");
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private static bool IsJson(HttpRequest request) =>
        request.ContentType == Json
        || (MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed)
            && (parsed.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
                || (HttpMethods.IsPatch(request.Method) && parsed.MediaType.Equals(MergePatch, StringComparison.OrdinalIgnoreCase)))
            && IsUnambiguous(parsed.Parameters)
            && (parsed.Charset.Length == 0 || Utf8Names.Contains(
                HeaderUtilities.RemoveQuotes(parsed.Charset).ToString(), StringComparer.OrdinalIgnoreCase)));

    /// <summary>
    /// Whether each parameter occurs once and has a value. If one is repeated, another reader may use the value that this one ignores.
    /// </summary>
    private static bool IsUnambiguous(IList<NameValueHeaderValue> parameters) =>
        parameters.All(parameter => parameter.Value.Length > 0)
        && parameters.DistinctBy(parameter => parameter.Name.ToString(), StringComparer.OrdinalIgnoreCase).Count() == parameters.Count;

    private static bool IsPlain(HttpRequest request) =>
        StringValues.IsNullOrEmpty(request.Headers.ContentEncoding)
        || Identity.Equals(request.Headers.ContentEncoding, StringComparison.OrdinalIgnoreCase);

    private static ProblemResult TooLarge(int maxBytes) =>
        ProblemFor.TooLarge(string.Create(
            CultureInfo.InvariantCulture, $"The body may have at most {maxBytes} bytes; nothing was stored."));
}

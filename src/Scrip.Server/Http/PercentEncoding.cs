using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>
/// Refuses an address with percent-escapes that are not UTF-8, such as <c>%D1%C5</c> from windows-1251. The framework leaves such escapes
/// unchanged, so a filter with them would find nothing and hide the mistake.
/// </summary>
internal sealed class PercentEncoding(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.Contains('%', StringComparison.Ordinal))
            return next(context);
        var errors = new RequestErrors();
        Check(target, errors);
        if (!errors.Any)
            return next(context);
        return (context.Request.IsRead() ? errors.ToQueryProblem() : errors.ToProblem()).ExecuteAsync(context);
    }

    private static void Check(string target, RequestErrors errors)
    {
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        if (!IsUtf8(path))
            errors.Add("", ErrorCodes.NotUnicode, Describe("The path"));
        if (question < 0)
            return;
        foreach (var parameter in target[(question + 1)..].Split('&'))
        {
            var sign = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = sign < 0 ? parameter : parameter[..sign];
            if (!IsUtf8(name))
                errors.Add($"?{name}", ErrorCodes.NotUnicode, Describe("The name of this parameter"));
            else if (sign >= 0 && !IsUtf8(parameter.AsSpan(sign + 1)))
                errors.Add($"?{Uri.UnescapeDataString(name)}", ErrorCodes.NotUnicode, Describe("This parameter"));
        }
    }

    private static string Describe(string what) =>
        $"{what} must be UTF-8: % and two hexadecimal digits for each escaped byte, and %25 for % itself.";

    /// <summary>A character is escaped completely or not at all, so each run of escapes is text by itself.</summary>
    private static bool IsUtf8(ReadOnlySpan<char> escaped)
    {
        Span<byte> bytes = stackalloc byte[4];
        while (escaped.IndexOf('%') is >= 0 and var start)
        {
            escaped = escaped[start..];
            var length = 0;
            for (; length < bytes.Length && TryReadByte(escaped[(3 * length)..], out bytes[length]); length++)
            {
            }
            if (Rune.DecodeFromUtf8(bytes[..length], out _, out var consumed) != OperationStatus.Done)
                return false;
            escaped = escaped[(3 * consumed)..];
        }
        return true;
    }

    private static bool TryReadByte(ReadOnlySpan<char> escaped, out byte value)
    {
        value = 0;
        return escaped.Length >= 3 && escaped[0] == '%'
            && Convert.FromHexString(escaped.Slice(1, 2), new Span<byte>(ref value), out _, out _) == OperationStatus.Done;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>The header <c>Idempotency-Key</c> with the fingerprint of the request that carries it.</summary>
internal static class RequestIdentification
{
    /// <summary>The header of an answer that repeats that of an earlier request with the same key.</summary>
    public const string Replayed = "Idempotent-Replayed";

    private const string Header = "Idempotency-Key";

    /// <summary>One a thread: to make one costs as much as what it does here.</summary>
    [ThreadStatic]
    private static IncrementalHash? hash;

    /// <summary>
    /// Returns false, with the problem, for a malformed key. Without the header there is no identity. Two requests are the same when
    /// method, call, <c>If-Match</c> and the bytes of the body are.
    /// </summary>
    /// <param name="isRequired">Whether a request without a key is refused.</param>
    public static bool TryRead(
        HttpRequest request,
        string call,
        ReadOnlySpan<byte> body,
        bool isRequired,
        out RequestIdentity? identity,
        [NotNullWhen(false)] out ProblemResult? problem)
    {
        identity = null;
        problem = null;
        var values = request.Headers[Header];
        if (values.Count == 0)
        {
            if (isRequired)
            {
                problem = ProblemFor.Invalid(
                    $"This call needs the header {Header}: a retry with the same one is harmless. Nothing was stored.");
            }
            return !isRequired;
        }
        if (values.Count > 1 || !IdempotencyKey.TryParse(values[0]!, out var key))
        {
            problem = ProblemFor.Invalid(
                $"{Header} must be one value of 1 to {IdempotencyKey.MaxLength} ASCII characters, bare or in double quotes (RFC 8941). "
                + "Nothing was stored.");
            return false;
        }
        identity = new RequestIdentity(key, Fingerprint(request, call, body), ProblemResult.TraceIdOf(request.HttpContext));
        return true;
    }

    private static byte[] Fingerprint(HttpRequest request, string call, ReadOnlySpan<byte> body)
    {
        hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {call}\n{request.Headers.IfMatch}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}

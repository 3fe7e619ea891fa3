using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Scrip.Ledger;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>Reads the header <c>Idempotency-Key</c> and computes the fingerprint of its request.</summary>
internal static class RequestIdentification
{
    /// <summary>The header of a response that repeats the response to an earlier request with the same key.</summary>
    public const string Replayed = "Idempotent-Replayed";

    private const string Header = "Idempotency-Key";

    /// <summary>One for each thread: creating one costs as much as using it here.</summary>
    [ThreadStatic]
    private static IncrementalHash? hash;

    /// <summary>
    /// Returns false, with the problem, for a malformed key. Without the header the identity is null. Two requests are the same if they
    /// have the same method, call, <c>If-Match</c> and body bytes.
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
                    $"This call requires the header {Header}, so that a retry with the same key is safe. Nothing was stored.");
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

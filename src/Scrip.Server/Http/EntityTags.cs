using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>Conditional requests. The ETag of a certificate is its version in quotes (RFC 9110, 8.8.3 and 13.1).</summary>
internal static class EntityTags
{
    /// <summary>No write depends on the absence of a certificate, so the condition is refused rather than ignored (13.1.2).</summary>
    private const string IfNoneMatchIsForReads = "If-None-Match is only supported on GET and HEAD; nothing was stored.";

    /// <summary>
    /// Reads the conditions of a write. Returns false, with the problem, for unsupported conditions: a write must not be executed as if
    /// they had been checked.
    /// </summary>
    /// <param name="takesIfMatch">Whether the target of the write has a tag to compare.</param>
    /// <param name="versions">See <see cref="TryReadIfMatch"/>.</param>
    public static bool TryReadConditions(
        HttpRequest request, bool takesIfMatch, out IReadOnlyList<long>? versions, [NotNullWhen(false)] out ProblemResult? problem)
    {
        versions = null;
        problem = null;
        if (!takesIfMatch && request.Headers.IfMatch.Count > 0)
            problem = ProblemFor.Invalid("If-Match is only supported on updates of one certificate; nothing was stored.");
        else if (!TryReadIfMatch(request, out versions))
            problem = ProblemFor.Invalid("If-Match must be * or a list of entity tags in double quotes (RFC 9110). Nothing was stored.");
        else if (request.Headers.IfNoneMatch.Count > 0)
            problem = ProblemFor.Invalid(IfNoneMatchIsForReads);
        return problem is null;
    }

    public static string For(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Whether <c>If-None-Match</c> names this version, by weak comparison as the RFC requires.</summary>
    public static bool IsNotModified(HttpRequest request, long version) => IsNotModified(request, For(version));

    /// <param name="current">The tag of the response, with its quotes.</param>
    public static bool IsNotModified(HttpRequest request, string current)
    {
        var header = request.Headers.IfNoneMatch;
        return !StringValues.IsNullOrEmpty(header)
            && EntityTagHeaderValue.TryParseList(header, out var tags)
            && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag.Equals(current, StringComparison.Ordinal));
    }

    /// <summary>
    /// Reads the versions that <c>If-Match</c> accepts; null for any. A tag that is weak, or that no certificate ever had, matches none.
    /// Returns false for a header that is not a list of tags.
    /// </summary>
    private static bool TryReadIfMatch(HttpRequest request, out IReadOnlyList<long>? versions)
    {
        versions = null;
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return true;
        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags))
            return false;
        if (!tags.Contains(EntityTagHeaderValue.Any))
            versions = [.. tags.Where(tag => !tag.IsWeak).Select(VersionOf).OfType<long>()];
        return true;
    }

    /// <summary>Tags are compared as text: "01" is not the tag of version 1.</summary>
    private static long? VersionOf(EntityTagHeaderValue tag) =>
        long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        && tag.Tag.Equals(For(version), StringComparison.Ordinal) ? version : null;
}

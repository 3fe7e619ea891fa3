using System.Globalization;

namespace Scrip.Server.Http;

/// <summary>Creates JSON pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>How much of a caller's own member name is repeated.</summary>
    private const int MaxMemberLength = 100;

    public static string To(int? index, string? member)
    {
        var item = index is { } at ? string.Create(CultureInfo.InvariantCulture, $"/{at}") : "";
        return member is null ? item : $"{item}/{Escape(member)}";
    }

    private static string Escape(string member)
    {
        if (member.Length > MaxMemberLength)
            member = string.Concat(member.AsSpan(0, MaxMemberLength), "…");
        return member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}

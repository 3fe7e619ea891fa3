namespace Scrip.Ledger.Access;

/// <summary>A shop with its own certificates, ids, codes and tokens.</summary>
/// <param name="TimeZone">An IANA name. It decides when a day ends, where a date means the end of a day.</param>
public sealed record Site(long Id, string Name, Currency Currency, string TimeZone, DateTimeOffset CreatedAt)
{
    public const long DefaultId = 1;
    public const string DefaultName = "default";
    public const int MaxNameLength = 40;

    /// <summary>Whether the name has only lower-case letters, digits and inner hyphens: it is part of every token's text.</summary>
    public static bool IsValidName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && name[0] != '-' && name[^1] != '-'
        && name.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}

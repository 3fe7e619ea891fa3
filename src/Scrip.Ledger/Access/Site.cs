namespace Scrip.Ledger.Access;

/// <summary>One shop: its certificates, ids, codes and tokens are its own.</summary>
/// <param name="TimeZone">An IANA name, for dates that mean the end of a day.</param>
public sealed record Site(long Id, string Name, Currency Currency, string TimeZone, DateTimeOffset CreatedAt)
{
    public const long DefaultId = 1;
    public const string DefaultName = "default";
    public const int MaxNameLength = 40;

    /// <summary>Lower-case letters, digits and inner hyphens: the name is part of every token's text and of no other syntax.</summary>
    public static bool IsValidName(string name) =>
        name.Length is > 0 and <= MaxNameLength
        && name[0] != '-' && name[^1] != '-'
        && name.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}

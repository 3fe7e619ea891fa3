namespace Scrip.Storage;

/// <param name="ConnectionString">Of the database, in the words of its driver.</param>
/// <param name="Currency">ISO 4217, for the site <c>default</c> when a new database is made.</param>
/// <param name="TimeZone">IANA, for the site <c>default</c> when a new database is made.</param>
public sealed record StoreSettings(string ConnectionString, string Currency, string TimeZone)
{
    /// <summary>A whole list that takes longer is cut.</summary>
    public TimeSpan LongestList { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>On SQLite: beyond this size of the write-ahead log the oldest list is cut, which keeps it from being trimmed.</summary>
    public long MaxLogBytes { get; init; } = 1 << 30;
}

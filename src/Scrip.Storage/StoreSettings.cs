namespace Scrip.Storage;

/// <param name="ConnectionString">Of the database, in the words of its driver.</param>
/// <param name="Currency">ISO 4217, of the site <c>default</c>; null where the operator has not set it.</param>
/// <param name="TimeZone">IANA, of the site <c>default</c>; null where the operator has not set it.</param>
public sealed record StoreSettings(string ConnectionString, string? Currency, string? TimeZone)
{
    /// <summary>On PostgreSQL: how many sites may be written at once.</summary>
    public int Writers { get; init; } = 4;

    /// <summary>A whole list that takes longer is cut.</summary>
    public TimeSpan LongestList { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// On SQLite: the size of the write-ahead log beyond which the oldest lists are cut, because they keep it from being trimmed.
    /// </summary>
    public long MaxLogBytes { get; init; } = 1 << 30;

    public string NewCurrency => Currency ?? "USD";

    public string NewTimeZone => TimeZone ?? "UTC";

    /// <summary>Currency and time zone of a site never change, so settings that differ from them cannot be followed.</summary>
    /// <param name="currency">The currency with which the database was made.</param>
    /// <param name="timeZone">The time zone with which the database was made.</param>
    /// <exception cref="StorageSetupException">One of them was set to something else.</exception>
    internal void Check(string currency, string timeZone)
    {
        var differences = new List<string>();
        if (Currency is not null && Currency != currency)
            differences.Add($"with the currency {currency}, and the setting Currency is {Currency}");
        if (TimeZone is not null && TimeZone != timeZone)
            differences.Add($"with the time zone {timeZone}, and the setting TimeZone is {TimeZone}");
        if (differences.Count > 0)
        {
            throw new StorageSetupException(
                $"The database was made {string.Join("; ", differences)}. Neither changes afterwards: leave the setting out, or name "
                + "another database.");
        }
    }
}

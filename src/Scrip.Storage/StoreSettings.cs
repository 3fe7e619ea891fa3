namespace Scrip.Storage;

/// <param name="ConnectionString">The connection string of the database, in the syntax of its driver.</param>
/// <param name="Currency">The ISO 4217 currency of the site <c>default</c>; null if the operator has not set it.</param>
/// <param name="TimeZone">The IANA time zone of the site <c>default</c>; null if the operator has not set it.</param>
public sealed record StoreSettings(string ConnectionString, string? Currency, string? TimeZone)
{
    /// <summary>How many sites may be written at once. PostgreSQL only.</summary>
    public int Writers { get; init; } = 4;

    /// <summary>How long a whole list may take before it is cut.</summary>
    public TimeSpan LongestList { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The size of the write-ahead log, in bytes, beyond which the oldest lists are cut because they keep it from being trimmed. SQLite
    /// only.
    /// </summary>
    public long MaxLogBytes { get; init; } = 1 << 30;

    public string NewCurrency => Currency ?? "USD";

    public string NewTimeZone => TimeZone ?? "UTC";

    /// <summary>Refuses settings that differ from the stored ones: a site's currency and time zone never change.</summary>
    /// <param name="currency">The currency with which the database was made.</param>
    /// <param name="timeZone">The time zone with which the database was made.</param>
    /// <exception cref="StorageSetupException">A setting differs from the stored value.</exception>
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
                $"The database was created {string.Join("; ", differences)}. Neither can change afterwards: omit the setting, or name "
                + "another database.");
        }
    }
}

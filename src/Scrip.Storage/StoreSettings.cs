namespace Scrip.Storage;

/// <param name="ConnectionString">Of the database, in the words of its driver.</param>
/// <param name="Currency">ISO 4217, for the site <c>default</c> when a new database is made.</param>
/// <param name="TimeZone">IANA, likewise.</param>
public sealed record StoreSettings(string ConnectionString, string Currency, string TimeZone);

using System.ComponentModel.DataAnnotations;
using Scrip.Storage;

namespace Scrip.Server.Hosting;

/// <summary>
/// All that can be set, from appsettings (section <c>Scrip</c>), from <c>SCRIP_…</c> in the environment, or on the command line.
/// </summary>
public sealed class ScripOptions
{
    public const string Section = "Scrip";

    /// <summary>What no header can carry would be a token that nobody can use.</summary>
    private const string UnusableToken = "{0} must be ASCII characters without line breaks, and with no space at either end.";

    /// <summary>The connection string of the database.</summary>
    [Required]
    public string Storage { get; set; } = "Data Source=data/scrip.db";

    /// <summary>A token of the site <c>default</c> with the scope <c>admin</c>, for first set-up and containers.</summary>
    [StringLength(int.MaxValue, MinimumLength = 32, ErrorMessage = "{0} must have at least 32 characters.")]
    [RegularExpression("[!-~][ -~]*[!-~]", ErrorMessage = UnusableToken)]
    public string? AdminToken { get; set; }

    /// <summary>
    /// ISO 4217; of the site <c>default</c>. Null, where it is not set: USD for a new database, and whatever an existing one has.
    /// </summary>
    public string? Currency { get; set; }

    /// <summary>
    /// IANA; of the site <c>default</c>. Null, where it is not set: UTC for a new database, and whatever an existing one has.
    /// </summary>
    public string? TimeZone { get; set; }

    /// <summary>Certificates in one bulk call.</summary>
    [Range(1, 1_000_000)]
    public int MaxBulkItems { get; set; } = 100_000;

    /// <summary>Of the body of one bulk call.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxBulkBytes { get; set; } = 32 << 20;

    /// <summary>
    /// Bulk calls of more than 128 KiB that may be read and carried out at the same moment; one site takes at most half of the places that
    /// the others have left. Each may need several times its body in memory.
    /// </summary>
    [Range(1, 1_000)]
    public int MaxBulkCallsAtOnce { get; set; } = 8;

    /// <summary>
    /// A body that takes longer to arrive is refused, and the connection closed. Until then a large one keeps its place among
    /// <see cref="MaxBulkCallsAtOnce"/>.
    /// </summary>
    [Range(1, 86_400)]
    public int MaxBodySeconds { get; set; } = 300;

    /// <summary>
    /// On PostgreSQL: connections that write, each for one site at a time. A site that waits for a lock, or sends large calls, keeps one.
    /// </summary>
    [Range(1, 64)]
    public int Writers { get; set; } = 4;

    /// <summary>A list that takes longer is cut: the connection is broken. Until then it keeps an old state of the database.</summary>
    [Range(1, 86_400)]
    public int MaxListSeconds { get; set; } = 300;

    /// <summary>
    /// On SQLite: the size of the write-ahead log beyond which the oldest lists that are being read are cut. The log cannot be trimmed
    /// while somebody reads an old state of the database.
    /// </summary>
    [Range(64L << 20, 1L << 40)]
    public long MaxLogBytes { get; set; } = 1L << 30;

    /// <summary>
    /// Codes that match no certificate, in a minute, of one customer that the shop names, and of all requests of a token that name no
    /// customer. Beyond it right and wrong codes alike are refused.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxCodeMissesPerMinute { get; set; } = 20;

    /// <summary>The same as <see cref="MaxCodeMissesPerMinute"/>, in a day.</summary>
    [Range(1, 10_000_000)]
    public int MaxCodeMissesPerDay { get; set; } = 200;

    /// <summary>Codes that match no certificate, in a minute, of all customers of one token together.</summary>
    [Range(1, 1_000_000)]
    public int MaxTokenCodeMissesPerMinute { get; set; } = 1_000;

    /// <summary>The same as <see cref="MaxTokenCodeMissesPerMinute"/>, in a day.</summary>
    [Range(1, 10_000_000)]
    public int MaxTokenCodeMissesPerDay { get; set; } = 20_000;

    /// <summary>
    /// The proxies whose X-Forwarded-For is believed, as addresses and networks separated by commas; null for none. Without it callers are
    /// known by the address that connects.
    /// </summary>
    public string? TrustedProxies { get; set; }

    /// <summary>
    /// Callers connected at once, over all addresses; null for as many as the limit of open files allows.
    /// </summary>
    [Range(1, 1_000_000)]
    public int? MaxConnections { get; set; }

    /// <summary>Of one token, or of one address that calls without; null for no limit.</summary>
    [Range(1, 1_000_000)]
    public int? MaxRequestsPerSecond { get; set; }

    public StoreSettings ToStoreSettings() => new(Storage, Currency, TimeZone)
    {
        Writers = Writers,
        LongestList = TimeSpan.FromSeconds(MaxListSeconds),
        MaxLogBytes = MaxLogBytes,
    };
}

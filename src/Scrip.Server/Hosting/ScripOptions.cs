using System.ComponentModel.DataAnnotations;
using Scrip.Storage;

namespace Scrip.Server.Hosting;

/// <summary>All settings, read from appsettings (section <c>Scrip</c>), the environment (<c>SCRIP_…</c>) or the command line.</summary>
public sealed class ScripOptions
{
    public const string Section = "Scrip";

    /// <summary>A token that no header can carry would be unusable.</summary>
    private const string UnusableToken = "{0} must be ASCII characters without line breaks, and with no space at either end.";

    /// <summary>The connection string of the database.</summary>
    [Required]
    public string Storage { get; set; } = "Data Source=data/scrip.db";

    /// <summary>A token of the site <c>default</c> with the scope <c>admin</c>, for first set-up and containers.</summary>
    [StringLength(int.MaxValue, MinimumLength = 32, ErrorMessage = "{0} must have at least 32 characters.")]
    [RegularExpression("[!-~][ -~]*[!-~]", ErrorMessage = UnusableToken)]
    public string? AdminToken { get; set; }

    /// <summary>
    /// The ISO 4217 currency of the site <c>default</c>. If null, USD for a new database, and the stored currency otherwise.
    /// </summary>
    public string? Currency { get; set; }

    /// <summary>
    /// The IANA time zone of the site <c>default</c>. If null, UTC for a new database, and the stored time zone otherwise.
    /// </summary>
    public string? TimeZone { get; set; }

    /// <summary>The most certificates in one bulk call.</summary>
    [Range(1, 1_000_000)]
    public int MaxBulkItems { get; set; } = 100_000;

    /// <summary>The largest body of one bulk call, in bytes.</summary>
    [Range(1_024, 1 << 30)]
    public int MaxBulkBytes { get; set; } = 32 << 20;

    /// <summary>
    /// How many bulk calls of more than 128 KiB may be read and executed at once. One site takes at most half of the places that the others
    /// have left. Each may need several times its body in memory.
    /// </summary>
    [Range(1, 1_000)]
    public int MaxBulkCallsAtOnce { get; set; } = 8;

    /// <summary>
    /// How long a body may take to arrive, in seconds, before it is refused and the connection closed. Until then a large one keeps its
    /// place among <see cref="MaxBulkCallsAtOnce"/>.
    /// </summary>
    [Range(1, 86_400)]
    public int MaxBodySeconds { get; set; } = 300;

    /// <summary>
    /// The number of connections that write, each for one site at a time. PostgreSQL only. A site that waits for a lock, or sends large
    /// calls, keeps one of them.
    /// </summary>
    [Range(1, 64)]
    public int Writers { get; set; } = 4;

    /// <summary>
    /// How long a list may take, in seconds, before it is cut and its connection closed. Until then it keeps an old state of the database.
    /// </summary>
    [Range(1, 86_400)]
    public int MaxListSeconds { get; set; } = 300;

    /// <summary>
    /// The size of the write-ahead log, in bytes, beyond which the oldest lists in progress are cut. The log cannot be trimmed while an old
    /// state of the database is being read. SQLite only.
    /// </summary>
    [Range(64L << 20, 1L << 40)]
    public long MaxLogBytes { get; set; } = 1L << 30;

    /// <summary>
    /// How many codes that match no certificate one customer that the shop names may send in a minute, and all requests of a token without
    /// a customer together. Beyond it, right and wrong codes alike are refused.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxCodeMissesPerMinute { get; set; } = 20;

    /// <summary>Like <see cref="MaxCodeMissesPerMinute"/>, for a day.</summary>
    [Range(1, 10_000_000)]
    public int MaxCodeMissesPerDay { get; set; } = 200;

    /// <summary>How many codes that match no certificate all customers of one token together may send in a minute.</summary>
    [Range(1, 1_000_000)]
    public int MaxTokenCodeMissesPerMinute { get; set; } = 1_000;

    /// <summary>Like <see cref="MaxTokenCodeMissesPerMinute"/>, for a day.</summary>
    [Range(1, 10_000_000)]
    public int MaxTokenCodeMissesPerDay { get; set; } = 20_000;

    /// <summary>
    /// The proxies whose X-Forwarded-For is trusted, as addresses and networks separated by commas; null for none. Without proxies a
    /// caller's address is the one that connects.
    /// </summary>
    public string? TrustedProxies { get; set; }

    /// <summary>The most callers connected at once, over all addresses; null for as many as the limit of open files allows.</summary>
    [Range(1, 1_000_000)]
    public int? MaxConnections { get; set; }

    /// <summary>The most requests a second of one token, or of one address without a token; null for no limit.</summary>
    [Range(1, 1_000_000)]
    public int? MaxRequestsPerSecond { get; set; }

    public StoreSettings ToStoreSettings() => new(Storage, Currency, TimeZone)
    {
        Writers = Writers,
        LongestList = TimeSpan.FromSeconds(MaxListSeconds),
        MaxLogBytes = MaxLogBytes,
    };
}

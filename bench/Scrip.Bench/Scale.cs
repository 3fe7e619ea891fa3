namespace Scrip.Bench;

/// <summary>How large and how long the scenarios are.</summary>
internal sealed record Scale
{
    public static readonly Scale Full = new()
    {
        Clients = 64,
        Certificates = 100_000,
        BulkRows = 100_000,
        ListRows = 1_000_000,
        SmallSite = 10_000,
        LargeSite = 1_000_000,
        Entries = 5_000_000,
        Turn = TimeSpan.FromSeconds(4),
        LeadIn = TimeSpan.FromSeconds(2),
        WarmUp = TimeSpan.FromSeconds(10),
        PacedTurn = TimeSpan.FromSeconds(12),
        MemoryTime = TimeSpan.FromMinutes(2),
        LoadTurns = 9,
        Repeats = 5,
        Starts = 5,
        BulkCalls = 12,
        QuietTime = TimeSpan.FromMinutes(1),
    };

    public static readonly Scale Quick = new()
    {
        Clients = 64,
        Certificates = 2_000,
        BulkRows = 5_000,
        ListRows = 20_000,
        SmallSite = 1_000,
        LargeSite = 10_000,
        Entries = 20_000,
        Turn = TimeSpan.FromSeconds(0.5),
        LeadIn = TimeSpan.FromSeconds(0.1),
        WarmUp = TimeSpan.FromSeconds(0.5),
        PacedTurn = TimeSpan.FromSeconds(1),
        MemoryTime = TimeSpan.FromSeconds(4),
        LoadTurns = 1,
        Repeats = 1,
        Starts = 1,
        BulkCalls = 2,
        QuietTime = TimeSpan.FromSeconds(2),
    };

    public required int Clients { get; init; }

    /// <summary>The certificates in the store of a load.</summary>
    public required int Certificates { get; init; }

    /// <summary>Certificates in one measured bulk call.</summary>
    public required int BulkRows { get; init; }

    public required int ListRows { get; init; }

    /// <summary>How a site grows: from this size to that, and with this number of journal entries.</summary>
    public required int SmallSite { get; init; }
    public required int LargeSite { get; init; }
    public required int Entries { get; init; }

    /// <summary>How long each turn of a side takes.</summary>
    public required TimeSpan Turn { get; init; }

    /// <summary>
    /// How long a side works uncounted before each turn. A turn begins with a checkpoint, after which PostgreSQL writes the first change of
    /// each page into its log as a whole page. In operation that happens every few minutes, and not in each turn.
    /// </summary>
    public required TimeSpan LeadIn { get; init; }

    /// <summary>How long a side works before its first turn, so that its code is compiled and its caches are full.</summary>
    public required TimeSpan WarmUp { get; init; }

    public required TimeSpan PacedTurn { get; init; }

    public required TimeSpan MemoryTime { get; init; }

    /// <summary>The turns of a load of single calls, whose rate differs by a tenth and more from one turn to the next.</summary>
    public required int LoadTurns { get; init; }

    /// <summary>The repeats of everything else.</summary>
    public required int Repeats { get; init; }

    public required int Starts { get; init; }

    /// <summary>The bulk calls after which the memory that is kept is measured, and for how long the server is left alone before.</summary>
    public required int BulkCalls { get; init; }
    public required TimeSpan QuietTime { get; init; }
}

namespace Scrip.Bench;

/// <summary>How large and how long the scenarios are.</summary>
internal sealed record Scale
{
    public static readonly Scale Full = new()
    {
        ListRows = 1_000_000,
        BulkRows = 100_000,
        PutRows = 100_000,
        PutTurn = TimeSpan.FromSeconds(4),
        FlushTurn = TimeSpan.FromSeconds(1),
        Repeats = 3,
        Starts = 5,
    };

    public static readonly Scale Quick = new()
    {
        ListRows = 50_000,
        BulkRows = 10_000,
        PutRows = 10_000,
        PutTurn = TimeSpan.FromSeconds(1),
        FlushTurn = TimeSpan.FromSeconds(0.3),
        Repeats = 1,
        Starts = 1,
    };

    /// <summary>Certificates in the store of the list, and below the last bulk-create.</summary>
    public required int ListRows { get; init; }

    /// <summary>Certificates in one measured bulk call.</summary>
    public required int BulkRows { get; init; }

    public required int PutRows { get; init; }

    /// <summary>How long one group of clients writes before the other has its turn.</summary>
    public required TimeSpan PutTurn { get; init; }

    public required TimeSpan FlushTurn { get; init; }

    public required int Repeats { get; init; }

    public required int Starts { get; init; }
}

namespace Scrip.Bench.Databases;

/// <summary>How the product must compare on one kind of database: with a limit, and with the baseline (EF Core).</summary>
internal sealed record Goals
{
    public static readonly Goals OnSqlite = new()
    {
        Get = new(OfLimit: 0.60, OfBaseline: 1.5),
        Put = new(OfLimit: 3, OfBaseline: 8),
        Redeem = new(OfLimit: 3, OfBaseline: 12),
        RedeemHot = new(OfLimit: 1, OfBaseline: 20),
        MixedPercentile99Milliseconds = 20,
        IdleMegabytes = 60,
    };

    public static readonly Goals OnPostgres = new()
    {
        Get = new(OfLimit: 0.40, OfBaseline: 2),
        Put = new(OfLimit: 2, OfBaseline: 5),
        Redeem = new(OfLimit: 2, OfBaseline: 6),
        RedeemHot = new(OfLimit: 1, OfBaseline: 30),
        MixedPercentile99Milliseconds = 30,
        IdleMegabytes = 70,
    };

    public required Goal Get { get; init; }
    public required Goal Put { get; init; }
    public required Goal Redeem { get; init; }

    /// <summary>Compared with the product's rate when the redemptions are of many certificates.</summary>
    public required Goal RedeemHot { get; init; }

    public required double MixedPercentile99Milliseconds { get; init; }
    public required double IdleMegabytes { get; init; }

    public Goal BulkCreate { get; } = new(OfLimit: 0.50, OfBaseline: 4);
    public Goal BulkUpdate { get; } = new(OfLimit: 0.50, OfBaseline: 5);
    public Goal List { get; } = new(OfLimit: 0.70, OfBaseline: 2);
}

/// <summary>The smallest acceptable ratios.</summary>
internal readonly record struct Goal(double OfLimit, double OfBaseline);

namespace Scrip.Baselines.EfCore.Redemptions;

/// <summary>The result of an earlier request with the key.</summary>
internal sealed class IdempotencyRecord
{
    public long Id { get; init; }
    public required string Key { get; init; }
    public long RedemptionId { get; init; }
    public required Redemption Redemption { get; init; }
}

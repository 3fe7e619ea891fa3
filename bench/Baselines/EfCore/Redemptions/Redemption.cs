namespace Scrip.Baselines.EfCore.Redemptions;

internal sealed class Redemption
{
    public long Id { get; init; }
    public long CertificateId { get; init; }
    public required string Reference { get; init; }

    /// <summary>In hundredths of a unit, as is the balance.</summary>
    public long Amount { get; init; }

    public long BalanceAfter { get; init; }
    public DateTime CreatedAt { get; init; }
}

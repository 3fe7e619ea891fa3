namespace Scrip.Baselines.EfCore.Certificates;

internal sealed class Certificate
{
    public long Id { get; init; }
    public required string Code { get; set; }
    public bool IsActive { get; set; }

    /// <summary>The face value in whole units.</summary>
    public long Value { get; set; }

    /// <summary>In hundredths of a unit.</summary>
    public long Spent { get; set; }

    public DateTime UpdatedAt { get; set; }

    public long Balance => Value * 100 - Spent;
}

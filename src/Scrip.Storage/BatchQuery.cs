namespace Scrip.Storage;

/// <summary>Which batches of a site, in the order of their ids.</summary>
public sealed record BatchQuery
{
    /// <summary>Only ids greater than this one.</summary>
    public long? AfterId { get; init; }

    public long Skip { get; init; }

    /// <summary>At most so many; null for all.</summary>
    public long? Take { get; init; }
}

namespace Scrip.Client;

/// <summary>How the server reads a file of certificates (docs/issuing.md). A null member has its default there.</summary>
public sealed record ImportCall
{
    /// <summary>Whether everything is checked and nothing stored.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The product that wrote the file, such as <c>woocommerce</c>.</summary>
    public string? Source { get; init; }

    /// <summary>The columns of a generic file, such as <c>code:Card number,value:Face</c>.</summary>
    public string? Map { get; init; }

    /// <summary><c>comma</c>, <c>semicolon</c> or <c>tab</c>.</summary>
    public string? Separator { get; init; }

    /// <summary><c>utf-8</c>, <c>windows-1251</c> or <c>windows-1250</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary><c>point</c> or <c>comma</c>.</summary>
    public string? Decimal { get; init; }

    /// <summary><c>ymd</c>, <c>dmy</c> or <c>mdy</c>.</summary>
    public string? Dates { get; init; }

    /// <summary><c>inclusive</c> or <c>exclusive</c>.</summary>
    public string? Expiry { get; init; }

    public string? Currency { get; init; }

    /// <summary>What happens to rows whose codes exist: <c>refuse</c>, <c>skip</c> or <c>update</c>.</summary>
    public string? Existing { get; init; }

    /// <summary>What happens to rows with errors: <c>refuse</c> or <c>leave_out</c>.</summary>
    public string? Faulty { get; init; }

    /// <summary>Whether names, addresses and messages are kept in the notes.</summary>
    public bool KeepsNames { get; init; }

    /// <summary>The name of the batch; null to name it after its time.</summary>
    public string? Batch { get; init; }

    /// <summary>The query, the same for the same members: a retry must be the same request.</summary>
    public override string ToString() => new WireQuery()
        .With("dry_run", IsDryRun ? true : null)
        .With("source", Source)
        .With("map", Map)
        .With("separator", Separator)
        .With("encoding", Encoding)
        .With("decimal", Decimal)
        .With("dates", Dates)
        .With("expiry", Expiry)
        .With("currency", Currency)
        .With("existing", Existing)
        .With("faulty", Faulty)
        .With("keep_names", KeepsNames ? true : null)
        .With("batch", Batch)
        .ToString();
}

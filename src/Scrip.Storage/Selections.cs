namespace Scrip.Storage;

/// <summary>A query as both databases run it.</summary>
/// <param name="Count">How the rows of all pages are counted; null unless the query asks for it.</param>
internal sealed record Selection(ComposedQuery Rows, ReadExtent Extent, PageCount? Count);

/// <summary>Chooses and composes the statements of lists and counts.</summary>
/// <param name="text">Returns the text of a named statement.</param>
internal sealed class Selections(Func<string, string> text, QueryDialect dialect)
{
    public Selection Of(CertificateQuery query)
    {
        var list = query.WithBatch ? text("certificate_list_batch")
            : query.AllAttributes ? text("certificate_list_all")
            : text("certificate_list");
        return new(
            ComposedQuery.List(list, query, dialect),
            ExtentOf(query.NamesFew, query.Take),
            CountOf(query.IsCounted, () => CountOf(query with { AfterId = null }), query.Skip, query.Take, query.AfterId));
    }

    public Selection Of(RedemptionQuery query) => new(
        ComposedQuery.List(text("redemption_list"), query, dialect),
        ExtentOf(query.Id is not null, query.Take),
        CountOf(query.IsCounted, () => CountOf(query with { AfterId = null }), query.Skip, query.Take, query.AfterId));

    public Selection Of(EntryQuery query) => new(
        ComposedQuery.List(text("entry_list"), query, dialect),
        ExtentOf(namesFew: false, query.Take),
        CountOf(query.IsCounted, () => CountOf(query with { AfterId = null }), query.Skip, query.Take, query.AfterId));

    public Selection Of(BatchQuery query) => new(
        ComposedQuery.List(text("batch_list"), query, dialect),
        ExtentOf(namesFew: false, query.Take),
        CountOf(query.IsCounted, () => CountOfBatches, query.Skip, query.Take, query.AfterId));

    /// <summary>Counts the certificates. Without filters, the site's counter has their number.</summary>
    public ComposedQuery CountOf(CertificateQuery query) =>
        query.IsSearchAlone ? ComposedQuery.CountSearch(text(dialect.Codes.Count), query, dialect)
        : query.HasFilters ? ComposedQuery.Count(text("certificate_count"), query, dialect)
        : new(text("certificate_last_id"), []);

    public ComposedQuery CountOf(RedemptionQuery query) => ComposedQuery.Count(text("redemption_count"), query, dialect);

    public ComposedQuery CountOf(EntryQuery query) => ComposedQuery.Count(text("entry_count"), query, dialect);

    public ComposedQuery CountOfBatches => new(text("batch_count"), []);

    private static ReadExtent ExtentOf(bool namesFew, long? take) =>
        namesFew ? ReadExtent.Few : take is null ? ReadExtent.Whole : ReadExtent.Scan;

    private static PageCount? CountOf(bool isCounted, Func<ComposedQuery> count, long skip, long? take, long? afterId) =>
        isCounted && take is { } most ? new(count(), skip, most, IsWalk: afterId is not null) : null;
}

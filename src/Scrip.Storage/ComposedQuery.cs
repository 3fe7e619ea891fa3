using Scrip.Ledger.Certificates;

namespace Scrip.Storage;

/// <summary>
/// A list's statement, composed from its named statement and a closed set of filters and orders. Values are always parameters.
/// </summary>
/// <param name="Text">The SQL; its first parameter is the site.</param>
/// <param name="Values">The parameters from the second on: <see cref="long"/>, <see cref="bool"/> or <see cref="string"/>.</param>
internal sealed record ComposedQuery(string Text, IReadOnlyList<object> Values)
{
    public static ComposedQuery List(string statement, CertificateQuery query, QueryDialect dialect) => query.IsPageOfSearch
        ? PageOfSearch(statement, query, dialect)
        : Filtered(statement, query, dialect).OrderBy(OrderOf(query)).Page(query.Skip, query.Take).Compose();

    public static ComposedQuery Count(string statement, CertificateQuery query, QueryDialect dialect) =>
        Filtered(statement, query, dialect).Compose();

    /// <param name="statement">The statement that counts the table of codes.</param>
    public static ComposedQuery CountSearch(string statement, CertificateQuery query, QueryDialect dialect) =>
        new QueryComposer(statement, dialect).Filter(dialect.Codes.ContainsFolded, FoldedPartOf(query)).Compose();

    public static ComposedQuery List(string statement, RedemptionQuery query, QueryDialect dialect) =>
        Filtered(statement, query, dialect).OrderBy(query.Descending ? "r.id desc" : "r.id").Page(query.Skip, query.Take).Compose();

    public static ComposedQuery Count(string statement, RedemptionQuery query, QueryDialect dialect) =>
        Filtered(statement, query, dialect).Compose();

    public static ComposedQuery List(string statement, EntryQuery query, QueryDialect dialect) =>
        Filtered(statement, query, dialect).OrderBy("j.id").Page(query.Skip, query.Take).Compose();

    public static ComposedQuery Count(string statement, EntryQuery query, QueryDialect dialect) =>
        Filtered(statement, query, dialect).Compose();

    public static ComposedQuery List(string statement, BatchQuery query, QueryDialect dialect) =>
        new QueryComposer(statement, dialect).Filter("id > {0}", query.AfterId).OrderBy("id").Page(query.Skip, query.Take).Compose();

    private static QueryComposer Filtered(string statement, CertificateQuery query, QueryDialect dialect) =>
        new QueryComposer(statement, dialect)
            .Filter("id = {0}", query.Id)
            .Filter("id > {0}", query.AfterId)
            .Filter(InBatch, query.BatchId)
            .Filter("code = {0}", query.Code)
            .Filter(dialect.HasFoldedCode, query.FoldedCode ?? FoldedCodeOf(query))
            .Filter(dialect.ContainsFolded, FoldedPartOf(query))
            .Filter("is_active = {0}", query.IsActive)
            .Filter("value_minor >= {0}", query.MinFaceValue)
            .Filter("value_minor <= {0}", query.MaxFaceValue)
            .Filter("created_at > {0}", query.CreatedAfter)
            .Filter("created_at < {0}", query.CreatedBefore)
            .Filter("updated_at > {0}", query.UpdatedAfter);

    /// <summary>A batch is a range of ids, which is found first.</summary>
    private const string InBatch =
        """
        id >= (select b.first_certificate_id from batch b where b.site_id = {site} and b.id = {0})
        and id < (select b.first_certificate_id + b.certificates from batch b where b.site_id = {site} and b.id = {0})
        """;

    /// <summary>
    /// Chooses the ids of the page in the table of codes alone, because certificates are several times as wide. The order is on a computed
    /// value so that PostgreSQL does not walk the certificates in id order in search of the few that match.
    /// </summary>
    private static ComposedQuery PageOfSearch(string statement, CertificateQuery query, QueryDialect dialect)
    {
        var (codes, direction) = (dialect.Codes, query.Descending ? " desc" : "");
        var around = dialect.Among("|").Split('|');
        return new QueryComposer(statement, dialect)
            .Append($" and id {around[0]}select {codes.Id} from {codes.Name} where site_id = {{site}}")
            .Filter(codes.ContainsFolded, FoldedPartOf(query))
            .Filter($"{codes.Id} > {{0}}", query.AfterId)
            .OrderBy($"{codes.Id} + 0{direction}")
            .Page(query.Skip, query.Take)
            .Append(around[1])
            .OrderBy($"id{direction}")
            .Compose();
    }

    private static string? FoldedPartOf(CertificateQuery query) => query.Search is { } part ? CertificateCode.Fold(part) : null;

    /// <summary>The folded form of the wanted code: the key of codes begins with it.</summary>
    private static string? FoldedCodeOf(CertificateQuery query) =>
        query.Code is { } code ? CertificateCode.FromStored(code).Folded : null;

    private static QueryComposer Filtered(string statement, RedemptionQuery query, QueryDialect dialect) =>
        new QueryComposer(statement, dialect)
            .Filter("r.id = {0}", query.Id)
            .Filter("r.id > {0}", query.AfterId)
            .Filter($"r.id {dialect.Among($"{Timeline} {RedemptionsOfTimeline}")}", query.CertificateId)
            .Filter("r.reference = {0}", query.Reference)
            .Filter("r.state = {0}", (long?)query.State)
            .Filter("r.created_at > {0}", query.CreatedAfter)
            .Filter("r.created_at < {0}", query.CreatedBefore);

    private static QueryComposer Filtered(string statement, EntryQuery query, QueryDialect dialect) =>
        new QueryComposer(statement, dialect)
            .Filter("j.id > {0}", query.AfterId)
            .Filter($"j.id {dialect.Among($"{Timeline} select id from timeline")}", query.CertificateId)
            .Filter($"j.id {dialect.Among(EntriesOfReference)}", query.Reference)
            .Filter("j.kind = {0}", (long?)query.Kind)
            .Filter("j.created_at > {0}", query.CreatedAfter)
            .Filter("j.created_at < {0}", query.CreatedBefore);

    /// <summary>
    /// The entries of a certificate, walked back from its last one to its issue, which has no row and therefore ends the walk with null. It
    /// is not a join, because SQLite might start a join at the journal.
    /// </summary>
    private const string Timeline =
        """
        with recursive timeline (id) as (
            select last_entry_id from certificate where site_id = {site} and id = {0}
            union all
            select (select e.previous_id from entry e where e.site_id = {site} and e.id = t.id) from timeline t where t.id is not null
        )
        """;

    /// <summary>
    /// The entries of the redemptions that have a reference. No index leads to these entries, but the certificates involved are few, and so
    /// are the entries of each.
    /// </summary>
    private const string EntriesOfReference =
        """
        with recursive timeline (id) as (
            select distinct (select c.last_entry_id from certificate c where c.site_id = {site} and c.id = r.certificate_id)
            from redemption r where r.site_id = {site} and r.reference = {0}
            union all
            select (select e.previous_id from entry e where e.site_id = {site} and e.id = t.id) from timeline t where t.id is not null
        )
        select t.id from timeline t
        where (select e.redemption_id from entry e where e.site_id = {site} and e.id = t.id)
            in (select r.id from redemption r where r.site_id = {site} and r.reference = {0})
        """;

    private const string RedemptionsOfTimeline =
        "select (select e.redemption_id from entry e where e.site_id = {site} and e.id = t.id) from timeline t";

    private static string OrderOf(CertificateQuery query) => (query.Order, query.Descending) switch
    {
        (CertificateOrder.Id, false) => "id",
        (CertificateOrder.Id, true) => "id desc",
        (CertificateOrder.Code, false) => "code, id",
        (CertificateOrder.Code, true) => "code desc, id",
        (CertificateOrder.Value, false) => "value_minor, id",
        (CertificateOrder.Value, true) => "value_minor desc, id",
        (CertificateOrder.CreatedAt, false) => "created_at, id",
        (CertificateOrder.CreatedAt, true) => "created_at desc, id",
        (CertificateOrder.UpdatedAt, false) => "updated_at, id",
        (CertificateOrder.UpdatedAt, true) => "updated_at desc, id",
    };
}

using System.Text.Json;
using Scrip.Server.Auth;
using Scrip.Server.Holds;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Certificates;

/// <summary>The certificates of a list call.</summary>
/// <param name="foreseen">What is to be read into them; null for nothing.</param>
internal sealed class CertificateListSource(IStore store, Caller caller, ListRequest list, ForeseenExpiry? foreseen)
    : IListSource<CertificateRow>
{
    private readonly CertificateJson format = new(caller.Site.Currency);

    public PageRequest Page => list.Page;
    public bool IsQuicklyCounted => !Filters.HasFilters;

    /// <summary>The page is not a filter.</summary>
    private CertificateQuery Filters => list.Query with { AfterId = null };

    public ValueTask<IRows<CertificateRow>> QueryAsync(CancellationToken cancellationToken) =>
        store.QueryAsync(caller.Site.Id, list.Query, cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => store.CountAsync(caller.Site.Id, Filters, cancellationToken);

    public void Write(Utf8JsonWriter json, in CertificateRow row) =>
        format.Write(json, foreseen is null ? row : foreseen.Foresee(row), list.Fields);

    public long IdOf(in CertificateRow row) => row.Id;
}

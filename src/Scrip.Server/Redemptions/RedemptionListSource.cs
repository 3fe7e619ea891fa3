using System.Text.Json;
using Scrip.Ledger.Access;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Holds;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Redemptions;

/// <summary>The redemptions of a list call.</summary>
/// <param name="foreseen">What is to be read into them; null for nothing.</param>
internal sealed class RedemptionListSource(
    IStore store,
    Site site,
    PageRequest page,
    RedemptionQuery query,
    Attributes<RedemptionLine>.Selection attributes,
    ForeseenExpiry? foreseen)
    : IListSource<RedemptionLine>
{
    public PageRequest Page => page;
    public bool IsQuicklyCounted => false;

    public ValueTask<IRows<RedemptionLine>> QueryAsync(CancellationToken cancellationToken) =>
        store.QueryAsync(site.Id, query with { AfterId = page.After, Skip = page.Skip, Take = page.Take }, cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => store.CountAsync(site.Id, query, cancellationToken);

    public void Write(Utf8JsonWriter json, in RedemptionLine row) =>
        attributes.Write(json, foreseen is null ? row : foreseen.Foresee(row), site.Currency);

    public long IdOf(in RedemptionLine row) => row.Id;
}

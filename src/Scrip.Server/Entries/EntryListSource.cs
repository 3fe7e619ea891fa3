using System.Text.Json;
using Scrip.Ledger.Access;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Entries;

/// <summary>The lines of the journal that a list call asks for.</summary>
internal sealed class EntryListSource(
    IStore store, Site site, PageRequest page, EntryQuery query, Attributes<EntryRow>.Selection attributes) : IListSource<EntryRow>
{
    public PageRequest Page => page;
    public bool IsQuicklyCounted => false;

    public ValueTask<IRows<EntryRow>> QueryAsync(CancellationToken cancellationToken) =>
        store.QueryAsync(site.Id, query with { AfterId = page.After, Skip = page.Skip, Take = page.Take }, cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => store.CountAsync(site.Id, query, cancellationToken);

    public void Write(Utf8JsonWriter json, in EntryRow row) => attributes.Write(json, row, site.Currency);

    public long IdOf(in EntryRow row) => row.Id;
}

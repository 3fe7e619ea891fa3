using System.Text.Json;
using Scrip.Storage;

namespace Scrip.Server.Http;

/// <summary>The rows of one list call, and how they are written.</summary>
internal interface IListSource<TRow>
    where TRow : allows ref struct
{
    PageRequest Page { get; }

    /// <summary>Whether a count costs little next to a page of rows.</summary>
    bool IsQuicklyCounted { get; }

    ValueTask<IRows<TRow>> QueryAsync(CancellationToken cancellationToken);

    /// <summary>Of the rows on all pages.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellationToken);

    void Write(Utf8JsonWriter json, in TRow row);

    long IdOf(in TRow row);
}

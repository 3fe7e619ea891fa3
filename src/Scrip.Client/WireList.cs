using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scrip.Client;

internal static class WireList
{
    /// <summary>
    /// Reads a list page by page, in the order of ids. A reader that stops for a while keeps no connection open, and every page costs the
    /// server the same. What is added while the list is read appears at its end.
    /// </summary>
    /// <param name="query">Creates the query without the parameters of the page.</param>
    /// <param name="pageSize">1 to 5,000.</param>
    /// <param name="after">The list begins behind this id; 0 for the whole list.</param>
    public static async IAsyncEnumerable<T> WalkAsync<T>(
        this HttpClient http,
        string path,
        Func<WireQuery> query,
        int pageSize,
        JsonTypeInfo<List<T>> type,
        Func<T, long> idOf,
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = query().With("after", after).With("page_size", pageSize);
            using var request = new HttpRequestMessage(HttpMethod.Get, path + page);
            using var response = await http.CallAsync(request, cancellationToken);
            var items = await response.ReadAsync(type, cancellationToken);
            foreach (var item in items)
                yield return item;
            if (items.Count < pageSize)
                yield break;
            after = idOf(items[^1]);
        }
    }

    /// <summary>Reads a whole list while the server sends it. A list that breaks off throws; it never just ends early.</summary>
    public static async IAsyncEnumerable<T> StreamAsync<T>(
        this HttpClient http, string address, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await http.CallAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in JsonSerializer.DeserializeAsyncEnumerable(body, type, cancellationToken))
            yield return item ?? throw new JsonException("An item of the list is null.");
    }
}

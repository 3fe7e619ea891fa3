namespace Scrip.Client;

/// <summary>Reports for accountants. See <see cref="ScripClient"/> for what the calls throw.</summary>
public sealed class ReportsClient
{
    private readonly HttpClient http;

    internal ReportsClient(HttpClient http) => this.http = http;

    /// <summary>Reports what the shop owes for its certificates.</summary>
    /// <param name="from">The beginning of a period, RFC 3339 or a date; null for a report at an instant.</param>
    /// <param name="asOf">
    /// The instant of the report, RFC 3339 or a date; null for now. A date means the end of that day, or with
    /// <paramref name="from"/> its beginning.
    /// </param>
    /// <exception cref="ScripProblemException">400: a time lies in the future, or the period ends before it begins.</exception>
    public async Task<LiabilityResource> GetLiabilityAsync(string? from, string? asOf, CancellationToken cancellationToken)
    {
        var query = new WireQuery().With("from", from).With("as_of", asOf);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"external/payment-certificate/liability/{query}");
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.LiabilityResource, cancellationToken);
    }
}

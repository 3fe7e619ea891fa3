namespace Scrip.Client;

/// <summary>The calls about sites, for administrators. See <see cref="ScripClient"/> for what the calls throw.</summary>
public sealed class SitesClient
{
    private const string Path = "external/site/";

    private readonly HttpClient http;

    internal SitesClient(HttpClient http) => this.http = http;

    /// <exception cref="ScripProblemException">
    /// 400 names every invalid member. 403: the caller is not an administrator of the default site. 409: the name is taken.
    /// </exception>
    public async Task<SiteResource> CreateAsync(SiteRequest site, CancellationToken cancellationToken)
    {
        using var request = WireRequest.Create(HttpMethod.Post, Path, site, ScripJson.Wire.SiteRequest, idempotencyKey: null);
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.SiteResource, cancellationToken);
    }

    /// <summary>Lists all sites for an administrator of the default site; for any other, its own.</summary>
    public async Task<IReadOnlyList<SiteResource>> ListAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.ListSiteResource, cancellationToken);
    }
}

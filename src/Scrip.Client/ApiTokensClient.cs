using System.Globalization;

namespace Scrip.Client;

/// <summary>
/// The calls about tokens, for administrators: of their own site, or of every site if theirs is the default one. See
/// <see cref="ScripClient"/> for what the calls throw.
/// </summary>
public sealed class ApiTokensClient
{
    private const string Path = "external/api-token/";

    private readonly HttpClient http;

    internal ApiTokensClient(HttpClient http) => this.http = http;

    /// <summary>Creates a token. Only the response has its secret, which cannot be requested again.</summary>
    /// <exception cref="ScripProblemException">400 names every invalid member, including an unknown site.</exception>
    public async Task<ApiTokenResource> CreateAsync(ApiTokenRequest token, CancellationToken cancellationToken)
    {
        using var request = WireRequest.Create(HttpMethod.Post, Path, token, ScripJson.Wire.ApiTokenRequest, idempotencyKey: null);
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.ApiTokenResource, cancellationToken);
    }

    /// <summary>Lists the tokens of a site in the order of their ids, including revoked and expired ones.</summary>
    /// <param name="site">The site's name; null for the caller's own.</param>
    public async Task<IReadOnlyList<ApiTokenResource>> ListAsync(string? site, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + QueryFor(site));
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.ListApiTokenResource, cancellationToken);
    }

    /// <summary>
    /// Gives a token a new secret, which only the response has. Keys, budgets and entries belong to the token: calls that were sent with
    /// the old secret can be repeated with the new one.
    /// </summary>
    /// <param name="site">The name of the token's site; null for the caller's own.</param>
    /// <param name="overlap">
    /// How long the old secret keeps working beside the new one, in whole seconds; at most seven days, null for one day.
    /// </param>
    /// <exception cref="ScripProblemException">404: the token was not found in the site. 409: it was revoked or has expired.</exception>
    public async Task<ApiTokenResource> RotateAsync(long id, string? site, TimeSpan? overlap, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{Path}{id}/rotate/");
        var rotation = new ApiTokenRotationRequest((long?)overlap?.TotalSeconds);
        using var request = WireRequest.Create(
            HttpMethod.Post, path + QueryFor(site), rotation, ScripJson.Wire.ApiTokenRotationRequest, idempotencyKey: null);
        using var response = await http.CallAsync(request, cancellationToken);
        return await response.ReadAsync(ScripJson.Wire.ApiTokenResource, cancellationToken);
    }

    /// <summary>
    /// Revokes a token. Once the call has returned, no call with the token is accepted. Revoking it again changes nothing.
    /// </summary>
    /// <param name="site">The name of the token's site; null for the caller's own.</param>
    /// <exception cref="ScripProblemException">404: the token was not found in the site.</exception>
    public async Task RevokeAsync(long id, string? site, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{Path}{id}/");
        using var request = new HttpRequestMessage(HttpMethod.Delete, path + QueryFor(site));
        using var response = await http.CallAsync(request, cancellationToken);
    }

    private static string QueryFor(string? site) => site is null ? "" : $"?site={Uri.EscapeDataString(site)}";
}

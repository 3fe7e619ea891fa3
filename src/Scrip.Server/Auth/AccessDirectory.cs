using Microsoft.Extensions.Logging;
using Scrip.Ledger.Access;
using Scrip.Server.Logging;
using Scrip.Storage;

namespace Scrip.Server.Auth;

/// <summary>
/// The sites and tokens in memory, so that authentication costs no query. Code that changes them calls <see cref="RefreshAfterWriteAsync"/>
/// before it responds: once a revocation has returned, the token is refused.
/// </summary>
internal sealed class AccessDirectory(ILedgerReader store, ILogger<AccessDirectory> logger) : IDisposable
{
    private readonly SemaphoreSlim refreshing = new(1, 1);
    private Contents? reported;
    private volatile Contents? contents;

    /// <summary>False until the database has been read for the first time. Until then no caller can be accepted or refused.</summary>
    public bool IsRead => contents is not null;

    public IReadOnlyList<Site> Sites => Known.Sites;
    public IReadOnlyList<ApiToken> Tokens => Known.Tokens;

    /// <exception cref="StorageException">Sites and tokens have not been read yet.</exception>
    private Contents Known =>
        contents ?? throw new StorageException(StorageFault.Unavailable, "The sites and tokens have not been loaded yet.");

    public Site? FindSite(long id) => Known.SitesById.GetValueOrDefault(id);

    public Site? FindSite(string name) => Known.Sites.FirstOrDefault(site => site.Name == name);

    /// <summary>Why this server cannot serve the site; null for a site that it can.</summary>
    public string? FindFault(Site site) => Known.SiteFaults.GetValueOrDefault(site.Id);

    /// <summary>The token that a secret currently belongs to; null if it belongs to none.</summary>
    public ApiToken? FindToken(TokenHash hash, DateTimeOffset now) =>
        Known.Secrets.TryGetValue(hash, out var secret) && secret.Opens(now) ? secret.Token : null;

    /// <exception cref="StorageException">Sites and tokens have not been read yet.</exception>
    public void RequireRead() => _ = Known;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // One at a time, so that an older read never replaces a newer one.
        await refreshing.WaitAsync(cancellationToken);
        try
        {
            contents = Contents.Of(await store.ReadAccessAsync(cancellationToken));
        }
        finally
        {
            refreshing.Release();
        }
    }

    /// <summary>
    /// Refreshes after a change that is already stored: if reading fails, the response must not look as if nothing had been stored.
    /// </summary>
    public async Task RefreshAfterWriteAsync()
    {
        try
        {
            await RefreshAsync(CancellationToken.None);
        }
        catch (StorageException fault)
        {
            throw new StorageException(
                StorageFault.OutcomeUnknown, "A change of sites or tokens was stored but could not be read back.", fault);
        }
    }

    /// <summary>Logs unusable sites and tokens, each once. Called by one thread at a time.</summary>
    public void ReportFaults()
    {
        var known = Known;
        foreach (var (siteId, reason) in known.SiteFaults.Except(reported?.SiteFaults ?? []))
            LogMessages.SiteNotServed(logger, known.SitesById[siteId].Name, reason);
        foreach (var token in known.UnusableTokens.Except(reported?.UnusableTokens ?? []))
            LogMessages.TokenUnusable(logger, token.Id, token.SiteId);
        reported = known;
    }

    public void Dispose() => refreshing.Dispose();

    /// <summary>
    /// Uses ordinary dictionaries: a frozen one takes many times as long to build, and each change of a site or token rebuilds all of them.
    /// </summary>
    /// <param name="SiteFaults">Why a site cannot be served. An unusable row does not affect other rows.</param>
    private sealed record Contents(
        IReadOnlyList<Site> Sites,
        IReadOnlyList<ApiToken> Tokens,
        Dictionary<long, Site> SitesById,
        Dictionary<TokenHash, Secret> Secrets,
        Dictionary<long, string> SiteFaults,
        IReadOnlyList<(long SiteId, long Id)> UnusableTokens)
    {
        public static Contents Of(AccessContents read)
        {
            var sites = read.Sites.ToDictionary(site => site.Id);
            var siteFaults = read.Sites.Select(site => (site.Id, Fault: SiteFault.Find(site))).Where(site => site.Fault is not null)
                .ToDictionary(site => site.Id, site => site.Fault!);
            var unusable = new List<(long SiteId, long Id)>();
            var secrets = new Dictionary<TokenHash, Secret>();
            foreach (var token in read.Tokens)
            {
                if (!sites.ContainsKey(token.SiteId) || !SecretsOf(token).All(known => TryAdd(secrets, known.Hash, known.Secret)))
                    unusable.Add((token.SiteId, token.Id));
            }
            return new(read.Sites, read.Tokens, sites, secrets, siteFaults, unusable);
        }

        private static IEnumerable<(ReadOnlyMemory<byte> Hash, Secret Secret)> SecretsOf(ApiToken token)
        {
            yield return (token.Hash, new Secret(token, Retiring: null));
            if (token.Retiring is { } retiring)
                yield return (retiring.Hash, new Secret(token, retiring));
        }

        private static bool TryAdd(Dictionary<TokenHash, Secret> secrets, ReadOnlyMemory<byte> stored, Secret secret) =>
            TokenHash.TryFrom(stored.Span, out var hash) && secrets.TryAdd(hash, secret);
    }

    /// <param name="Retiring">The limited life of a replaced secret; null for the token's current secret.</param>
    private readonly record struct Secret(ApiToken Token, RetiringSecret? Retiring)
    {
        public bool Opens(DateTimeOffset now) => Token.IsLive(now) && Retiring?.IsLive(now) != false;
    }
}

using System.Collections.Frozen;
using Scrip.Ledger.Access;
using Scrip.Storage;

namespace Scrip.Server.Auth;

/// <summary>
/// The sites and tokens in memory, so that a request costs no query to be let in. Whoever changes them calls
/// <see cref="RefreshAfterWriteAsync"/> before answering: a token that is revoked is dead when its revocation is answered.
/// </summary>
internal sealed class AccessDirectory(ILedgerReader store) : IDisposable
{
    private readonly SemaphoreSlim refreshing = new(1, 1);
    private volatile Contents? contents;

    /// <summary>False until the database was there for the first time. Until then nobody can be let in, and nobody refused.</summary>
    public bool IsRead => contents is not null;

    public IReadOnlyList<Site> Sites => Known.Sites;
    public IReadOnlyList<ApiToken> Tokens => Known.Tokens;

    /// <exception cref="StorageException">Nothing has been read yet.</exception>
    private Contents Known =>
        contents ?? throw new StorageException(StorageFault.Unavailable, "The sites and tokens have not been read yet.");

    public Site? FindSite(long id) => Known.SitesById.GetValueOrDefault(id);

    public Site? FindSite(string name) => Known.Sites.FirstOrDefault(site => site.Name == name);

    /// <summary>The token that a secret opens now; null where it opens none.</summary>
    public ApiToken? FindToken(TokenHash hash, DateTimeOffset now) =>
        Known.Secrets.TryGetValue(hash, out var secret) && secret.Opens(now) ? secret.Token : null;

    /// <exception cref="StorageException">Nothing has been read yet.</exception>
    public void RequireRead() => _ = Known;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // One at a time, so that an older reading never replaces a newer one.
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

    /// <summary>What changed is stored by now: a reading that fails must not be answered as if nothing had been.</summary>
    public async Task RefreshAfterWriteAsync()
    {
        try
        {
            await RefreshAsync(CancellationToken.None);
        }
        catch (StorageException fault)
        {
            throw new StorageException(
                StorageFault.OutcomeUnknown, "A change of sites or tokens is stored, and could not be read back.", fault);
        }
    }

    public void Dispose() => refreshing.Dispose();

    private sealed record Contents(
        IReadOnlyList<Site> Sites,
        IReadOnlyList<ApiToken> Tokens,
        FrozenDictionary<long, Site> SitesById,
        FrozenDictionary<TokenHash, Secret> Secrets)
    {
        public static Contents Of(AccessContents read) => new(
            read.Sites,
            read.Tokens,
            read.Sites.ToFrozenDictionary(site => site.Id),
            read.Tokens.SelectMany(SecretsOf).ToFrozenDictionary(secret => secret.Hash));

        private static IEnumerable<Secret> SecretsOf(ApiToken token)
        {
            yield return new Secret(TokenHash.From(token.Hash.Span), token, Retiring: null);
            if (token.Retiring is { } retiring)
                yield return new Secret(TokenHash.From(retiring.Hash.Span), token, retiring);
        }
    }

    /// <param name="Retiring">What limits it to an overlap; null for the token's own secret.</param>
    private readonly record struct Secret(TokenHash Hash, ApiToken Token, RetiringSecret? Retiring)
    {
        public bool Opens(DateTimeOffset now) => Token.IsLive(now) && Retiring?.IsLive(now) != false;
    }
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Scrip.Server.Auth;

/// <summary>
/// The token text of a request, with its hash. A connection keeps the last one, because most clients send the same token with every request
/// and hashing it again is a considerable part of a read. Whether the token is still valid is checked every time.
/// </summary>
internal sealed class PresentedToken
{
    /// <summary>Longer texts cannot be tokens and are not kept.</summary>
    private const int MaxLength = 256;

    private readonly string text;

    private PresentedToken(string text)
    {
        this.text = text;
        Hash = TokenHash.Of(text);
        IsWellFormed = TokenText.IsWellFormed(text);
    }

    public TokenHash Hash { get; }

    /// <summary>Whether the text has the form of a token of this server.</summary>
    public bool IsWellFormed { get; }

    /// <summary>Gives each accepted connection a place for its last token.</summary>
    public static ConnectionDelegate Keep(ConnectionDelegate next) => context =>
    {
        context.Features.Set(new Kept());
        return next(context);
    };

    public static PresentedToken Of(string text, HttpContext context)
    {
        var kept = context.Features.Get<Kept>();
        if (kept?.Last is { } last && last.Is(text))
            return last;
        var token = new PresentedToken(text);
        if (kept is not null && text.Length <= MaxLength)
            kept.Last = token;
        return token;
    }

    /// <summary>
    /// Compares in constant time: behind a proxy, callers must not learn from the duration how far a guess agrees with another caller's
    /// token.
    /// </summary>
    private bool Is(string other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes<char>(text), MemoryMarshal.AsBytes<char>(other));

    /// <summary>The last token of a connection. The requests of an HTTP/2 connection use it concurrently.</summary>
    private sealed class Kept
    {
        private volatile PresentedToken? last;

        public PresentedToken? Last
        {
            get => last;
            set => last = value;
        }
    }
}

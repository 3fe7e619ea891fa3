using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Scrip.Server.Auth;

/// <summary>
/// The text that a request brings as its token, with its hash. A connection keeps the last one: most bring the same with every request, and
/// to hash it again is a good part of a read. Whether the token is still good is looked up every time.
/// </summary>
internal sealed class PresentedToken
{
    /// <summary>Of a longer one, which is nobody's, nothing is kept.</summary>
    private const int MaxLength = 256;

    private readonly string text;

    private PresentedToken(string text)
    {
        this.text = text;
        Hash = TokenHash.Of(text);
        IsWellFormed = TokenText.IsWellFormed(text);
    }

    public TokenHash Hash { get; }

    /// <summary>Whether it can be one of those that are made here.</summary>
    public bool IsWellFormed { get; }

    /// <summary>Gives each connection that the server accepts its place for the last one.</summary>
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

    /// <summary>Of several callers behind a proxy none is to learn from the time how far a guess agrees with another's token.</summary>
    private bool Is(string other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes<char>(text), MemoryMarshal.AsBytes<char>(other));

    /// <summary>The requests of an HTTP/2 connection use it at the same time.</summary>
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

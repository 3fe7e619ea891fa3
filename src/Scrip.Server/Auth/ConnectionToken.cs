using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Scrip.Server.Auth;

/// <summary>
/// What a connection brought last as its token, and the hash: most bring the same one with every request, and to hash it again is a good
/// part of a read. Whether the token is still good is looked up every time.
/// </summary>
internal sealed class ConnectionToken
{
    /// <summary>Of a longer one, which is nobody's, nothing is kept.</summary>
    private const int MaxLength = 256;

    private readonly string text;

    private ConnectionToken(string text)
    {
        this.text = text;
        Hash = TokenHash.Of(text);
        IsWellFormed = TokenText.IsWellFormed(text);
    }

    public TokenHash Hash { get; }

    /// <summary>Whether it can be one of those that are made here.</summary>
    public bool IsWellFormed { get; }

    public static ConnectionToken Of(string text, HttpContext context)
    {
        var items = context.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items is not null && items.TryGetValue(typeof(ConnectionToken), out var item) && item is ConnectionToken last && last.Is(text))
            return last;
        var token = new ConnectionToken(text);
        if (items is not null && text.Length <= MaxLength)
            items[typeof(ConnectionToken)] = token;
        return token;
    }

    /// <summary>Of several callers behind a proxy none is to learn from the time how far a guess agrees with another's token.</summary>
    private bool Is(string other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes<char>(text), MemoryMarshal.AsBytes<char>(other));
}

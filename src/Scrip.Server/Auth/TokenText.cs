using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Scrip.Ledger.Access;

namespace Scrip.Server.Auth;

/// <summary>
/// <c>scrip_&lt;site&gt;_&lt;36 random characters&gt;&lt;6 of checksum&gt;</c>. Scanners recognise a leaked token by its first word, and
/// the checksum shows a typing error without a look-up. 36 base62 characters are 214 bits.
/// </summary>
internal static class TokenText
{
    private const string Prefix = "scrip_";
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> Base62Characters = SearchValues.Create(Base62);

    private const int RandomLength = 36;
    private const int ChecksumLength = 6;

    public static string Create(string site)
    {
        var body = $"{Prefix}{site}_{RandomNumberGenerator.GetString(Base62, RandomLength)}";
        return body + Checksum(body);
    }

    public static bool IsWellFormed(string token)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal)
            || token.Length > Prefix.Length + Site.MaxNameLength + 1 + RandomLength + ChecksumLength)
            return false;
        var end = token.IndexOf('_', Prefix.Length);
        if (end < 0 || !Site.IsValidName(token[Prefix.Length..end]) || token.Length != end + 1 + RandomLength + ChecksumLength)
            return false;
        return token.AsSpan(end + 1).IndexOfAnyExcept(Base62Characters) < 0
            && token.EndsWith(Checksum(token[..^ChecksumLength]), StringComparison.Ordinal);
    }

    private static string Checksum(string body)
    {
        var crc = 0u;
        foreach (var octet in Encoding.UTF8.GetBytes(body))
            crc = BitOperations.Crc32C(crc, octet);
        return string.Create(ChecksumLength, crc, static (text, sum) =>
        {
            for (var at = text.Length - 1; at >= 0; at--, sum /= 62)
                text[at] = Base62[(int)(sum % 62)];
        });
    }
}

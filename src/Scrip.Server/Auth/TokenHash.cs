using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Scrip.Server.Auth;

/// <summary>The SHA-256 of a token's text, small enough to be a dictionary key without an allocation.</summary>
internal readonly record struct TokenHash(UInt128 High, UInt128 Low)
{
    public static TokenHash Of(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return From(hash);
    }

    /// <summary>False if the bytes are not a SHA-256.</summary>
    public static bool TryFrom(ReadOnlySpan<byte> stored, out TokenHash hash)
    {
        var isWhole = stored.Length == SHA256.HashSizeInBytes;
        hash = isWhole ? From(stored) : default;
        return isWhole;
    }

    private static TokenHash From(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));

    public byte[] ToBytes()
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt128BigEndian(bytes.AsSpan(16), Low);
        return bytes;
    }
}

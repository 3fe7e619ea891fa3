using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Scrip.Server.Guessing;

/// <summary>
/// What the server keeps of a shop's name for a customer: a keyed hash. The key is random and exists only while the process runs, so memory
/// does not reveal the customer, and nobody outside can construct names that collide.
/// </summary>
internal readonly record struct CustomerKey(UInt128 Hash)
{
    public const int MaxLength = 100;

    private static readonly byte[] ProcessKey = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    public static CustomerKey Of(string customer)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(ProcessKey, Encoding.UTF8.GetBytes(customer), hash);
        return new CustomerKey(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}

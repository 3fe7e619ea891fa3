using System.Buffers;
using System.Text;

namespace Scrip.Files.Tables;

/// <summary>A text as UTF-8, in memory that is given back.</summary>
internal readonly ref struct Utf8Text
{
    /// <summary>What the caller has on the stack, so that short texts need no other memory.</summary>
    public const int StackBytes = 512;

    private readonly byte[]? rented;

    public Utf8Text(string text, Span<byte> stack)
    {
        var needed = Encoding.UTF8.GetMaxByteCount(text.Length);
        rented = needed > stack.Length ? ArrayPool<byte>.Shared.Rent(needed) : null;
        var memory = rented ?? stack;
        Bytes = memory[..Encoding.UTF8.GetBytes(text, memory)];
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public void Dispose()
    {
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }
}

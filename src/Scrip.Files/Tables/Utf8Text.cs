using System.Buffers;
using System.Text;

namespace Scrip.Files.Tables;

/// <summary>A text as UTF-8, in pooled memory that is returned on disposal.</summary>
internal readonly ref struct Utf8Text
{
    /// <summary>The size of the caller's stack buffer. Shorter texts need no other memory.</summary>
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

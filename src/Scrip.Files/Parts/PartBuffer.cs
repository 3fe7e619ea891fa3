namespace Scrip.Files.Parts;

/// <summary>The bytes of a part while rows are appended to it.</summary>
internal sealed class PartBuffer
{
    private byte[] bytes = new byte[1024 * 1024];

    public int Length { get; private set; }

    public void Append(ReadOnlySpan<byte> more)
    {
        if (more.Length > bytes.Length - Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + more.Length));
        more.CopyTo(bytes.AsSpan(Length));
        Length += more.Length;
    }

    /// <summary>Removes what was appended since the buffer had this length.</summary>
    public void Truncate(int length) => Length = length;

    public byte[] ToArray() => bytes.AsSpan(0, Length).ToArray();
}

using System.Buffers;

namespace Scrip.Files.Tables;

/// <summary>Adapts a buffer writer to code that only writes to streams.</summary>
internal sealed class BufferStream(IBufferWriter<byte> output) : Stream
{
    /// <summary>Whether to discard everything still to be written, such as the end of an incomplete file.</summary>
    public bool Discards { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!Discards)
            output.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

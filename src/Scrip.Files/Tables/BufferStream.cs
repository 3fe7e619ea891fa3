using System.Buffers;

namespace Scrip.Files.Tables;

/// <summary>A stream into a buffer, for what only writes into streams.</summary>
internal sealed class BufferStream(IBufferWriter<byte> output) : Stream
{
    /// <summary>Set to lose what is still to come: the end of a file that is not complete.</summary>
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

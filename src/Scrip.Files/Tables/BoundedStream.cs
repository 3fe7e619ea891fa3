namespace Scrip.Files.Tables;

/// <summary>
/// Counts what is unpacked from an xlsx file. Besides the total it limits the distance between two <c>&lt;</c>: names, attributes and texts
/// contain none, and a parser keeps each of them in memory.
/// </summary>
internal sealed class BoundedStream(Stream source, long maxBytes) : Stream
{
    private const int MaxTokenBytes = 1024 * 1024;

    private long read;
    private long sinceToken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="TableException">A limit is exceeded.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer);
        read += count;
        var last = buffer[..count].LastIndexOf((byte)'<');
        sinceToken = last < 0 ? sinceToken + count : count - last;
        if (read > maxBytes)
        {
            throw new TableException(
                TableFault.TooLarge,
                $"Unpacked, a part of the file has more than {TableException.Number(maxBytes)} bytes. Divide it, or save it as .csv.");
        }
        if (sinceToken > MaxTokenBytes)
            throw new TableException(TableFault.CellTooLong, "A part of the file has a text or a name of more than a million bytes.");
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            source.Dispose();
        base.Dispose(disposing);
    }
}

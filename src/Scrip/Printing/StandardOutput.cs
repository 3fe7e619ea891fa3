using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Scrip.Printing;

/// <summary>The program that reads the output has closed the pipe, as <c>head</c> does.</summary>
internal sealed class OutputClosedException(IOException cause) : IOException(cause.Message, cause);

/// <summary>
/// Standard output that notices when nobody reads any more. The runtime's own ignores it, and a command would read a long list to its end
/// for nothing.
/// </summary>
internal static class StandardOutput
{
    private const int BufferBytes = 16 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Stream OpenStream()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // In a file this stream would write at a position of its own, over what other programs append.
        return pipe.CanSeek ? Console.OpenStandardOutput() : new NoticingStream(pipe);
    }

    public static StreamWriter OpenWriter() => new(OpenStream(), Utf8, BufferBytes);

    private sealed class NoticingStream(Stream pipe) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                pipe.Write(buffer);
            }
            catch (IOException closed)
            {
                throw new OutputClosedException(closed);
            }
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override void Flush() => pipe.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

using System.Diagnostics;
using System.Net;

namespace Scrip.Bench.Http;

/// <summary>A long answer in one piece or many, taken as it comes.</summary>
/// <param name="Lines">How many line feeds it has.</param>
/// <param name="Total">From sending the request to the last byte of the body.</param>
internal sealed record FileAnswer(long Bytes, long Lines, TimeSpan Total)
{
    /// <param name="kept">Takes the body, too; null where it is only counted.</param>
    public static async Task<FileAnswer> ReadAsync(
        HttpConnection connection, ReadOnlyMemory<byte> request, HttpStatusCode status, Stream? kept, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await connection.RequireAsync(request, status, cancellationToken);
        long bytes = 0, lines = 0;
        while (await connection.ReadBodyAsync(cancellationToken) is { IsEmpty: false } piece)
        {
            bytes += piece.Length;
            lines += piece.Span.Count((byte)'\n');
            if (kept is not null)
                await kept.WriteAsync(piece, cancellationToken);
        }
        return new(bytes, lines, Stopwatch.GetElapsedTime(start));
    }
}

using System.Diagnostics;
using System.Net;

namespace Scrip.Bench.Http;

/// <summary>A long array of certificates, counted while it is received.</summary>
/// <param name="FirstByte">From sending the request to the first byte of the body; headers alone are useless.</param>
/// <param name="Total">From sending the request to the last byte of the body.</param>
internal sealed record ArrayAnswer(long Rows, long Bytes, TimeSpan FirstByte, TimeSpan Total)
{
    public double RowsPerSecond => Rows / Total.TotalSeconds;

    public double MegabytesPerSecond => Bytes / 1e6 / Total.TotalSeconds;

    /// <summary>Sends a request whose response must have this status and this number of certificates.</summary>
    public static async Task<ArrayAnswer> ReadAsync(
        HttpConnection connection,
        ReadOnlyMemory<byte> request,
        HttpStatusCode status,
        int expectedRows,
        CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await connection.RequireAsync(request, status, cancellationToken);
        var piece = await connection.ReadBodyAsync(cancellationToken);
        var firstByte = Stopwatch.GetElapsedTime(start);

        long rows = 0, bytes = 0;
        byte last = 0;
        for (; !piece.IsEmpty; piece = await connection.ReadBodyAsync(cancellationToken))
        {
            // Certificates are flat and this program's codes have no braces, so an opening brace is a row.
            rows += piece.Span.Count((byte)'{');
            bytes += piece.Length;
            last = piece.Span[^1];
        }
        var total = Stopwatch.GetElapsedTime(start);

        if (rows != expectedRows || last != ']')
            throw new BenchException($"{rows:N0} certificates instead of {expectedRows:N0}, or no end of the array.");
        return new(rows, bytes, firstByte, total);
    }
}

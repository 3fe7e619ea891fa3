using System.Diagnostics;
using System.Net;
using Scrip.Bench.Http;
using Scrip.Bench.Server;

namespace Scrip.Bench.Load;

/// <summary>Clients that each have one connection and send their next PUT as soon as the last one is answered.</summary>
internal static class ClosedLoop
{
    /// <param name="largestId">Each PUT goes to a random certificate from 1 to this one.</param>
    /// <param name="turn">Makes the clients of another turn choose other certificates and values.</param>
    public static async Task<LoadResult> RunAsync(
        ScripServer server, int clients, int largestId, int turn, TimeSpan duration, CancellationToken cancellationToken)
    {
        var connections = new List<HttpConnection>();
        try
        {
            for (var client = 0; client < clients; client++)
                connections.Add(await server.ConnectAsync(cancellationToken));

            var start = Stopwatch.GetTimestamp();
            var loops = connections.Select((connection, client) =>
            {
                var random = new Random(turn * 1_000 + client);
                var request = new PutRequest(server.Requests);
                return Task.Run(
                    () => PutAsync(connection, request, random, largestId, start, duration, cancellationToken), cancellationToken);
            });
            var latencies = await Task.WhenAll(loops);
            return new(Stopwatch.GetElapsedTime(start), [.. latencies.SelectMany(client => client)]);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    /// <returns>How long each request took.</returns>
    private static async Task<List<TimeSpan>> PutAsync(
        HttpConnection connection,
        PutRequest request,
        Random random,
        int largestId,
        long start,
        TimeSpan duration,
        CancellationToken cancellationToken)
    {
        var latencies = new List<TimeSpan>(100_000);
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            var bytes = request.For(random.Next(1, largestId + 1), random.Next(PutRequest.SmallestValue, PutRequest.LargestValue));
            var sent = Stopwatch.GetTimestamp();
            await connection.RequireAsync(bytes, HttpStatusCode.OK, cancellationToken);
            await connection.SkipBodyAsync(cancellationToken);
            latencies.Add(Stopwatch.GetElapsedTime(sent));
        }
        return latencies;
    }
}

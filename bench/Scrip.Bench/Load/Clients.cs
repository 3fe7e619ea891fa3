using System.Diagnostics;

namespace Scrip.Bench.Load;

/// <summary>Callers that a single thread drives, because they share the processor with the server and must be frugal.</summary>
internal sealed class Clients : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private readonly List<Client> clients = [];
    private readonly Stack<Client> free = new();
    private readonly Epoll epoll;
    private readonly int[] ready;
    private readonly CancellationToken cancellation;
    private long lastAnswer = Stopwatch.GetTimestamp();

    public Clients(int port, int count, CancellationToken cancellationToken)
    {
        cancellation = cancellationToken;
        epoll = new Epoll(count);
        ready = new int[count];
        for (var at = 0; at < count; at++)
        {
            clients.Add(new Client(port));
            epoll.Add(clients[at].Socket, at);
            free.Push(clients[at]);
        }
    }

    public bool AnyFree => free.Count > 0;

    public bool AnyWaiting => free.Count < clients.Count;

    /// <summary>Lets a free caller send the next request, whose wait counts from the given moment.</summary>
    public void Send(IRequestSource requests, long since) => free.Pop().Send(requests, since);

    /// <summary>Waits until a response arrives, or for the given time. Each caller with a response is free again and is reported.</summary>
    /// <param name="onAnswer">Receives the moment since which the response was being waited for.</param>
    public void Wait(TimeSpan atMost, Action<long> onAnswer)
    {
        cancellation.ThrowIfCancellationRequested();
        var count = epoll.Wait(atMost < LongestWait ? atMost : LongestWait, ready);
        foreach (var at in ready.AsSpan(0, count))
        {
            if (!clients[at].Receive())
                continue;
            lastAnswer = Stopwatch.GetTimestamp();
            free.Push(clients[at]);
            onAnswer(clients[at].Since);
        }
        if (AnyWaiting && Stopwatch.GetElapsedTime(lastAnswer) > LongestSilence)
            throw new BenchException($"No answer within {LongestSilence.TotalSeconds} s.");
    }

    public void Dispose()
    {
        clients.ForEach(client => client.Dispose());
        epoll.Dispose();
    }
}

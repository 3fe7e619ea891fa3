using System.Collections.Concurrent;
using System.Net;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>Several clients that change the same few certificates, without keys and conditions. Every change has its own value.</summary>
internal sealed class SharedPuts(IReadOnlyList<(long Id, string Code)> certificates, int clients) : ICaller
{
    private readonly ConcurrentDictionary<(long Id, long Version), long> acknowledged = new();
    private readonly ConcurrentBag<(long Id, long Value)> open = [];
    private long lastValue;
    private int unanswered;

    public int Acknowledged => acknowledged.Count;
    public int Unanswered => unanswered;

    public Task WriteUntilGoneAsync(HttpClient client) => Task.WhenAll(Enumerable.Range(0, clients).Select(at => WriteAsync(client, at)));

    public Task CheckAsync(HttpClient client, Stored stored, bool unansweredMayBeStored)
    {
        foreach (var (id, _) in certificates)
        {
            var found = stored[id];
            var ofThis = acknowledged.Where(answer => answer.Key.Id == id).ToList();
            var latest = ofThis.Count == 0 ? 1 : ofThis.Max(answer => answer.Key.Version);
            var candidates = open.Where(call => call.Id == id).Select(call => call.Value).ToList();
            if (found.Version == latest)
            {
                Assert.Equal(ofThis.Count == 0 ? 0 : acknowledged[(id, latest)], found.Value);
                continue;
            }
            Assert.True(unansweredMayBeStored, $"Certificate {id} was changed by a call that was not answered.");
            Assert.InRange(found.Version, latest + 1, latest + candidates.Count);
            Assert.Contains(found.Value, candidates);
            acknowledged[(id, found.Version)] = found.Value;
        }
        open.Clear();
        return Task.CompletedTask;
    }

    private async Task WriteAsync(HttpClient client, int at)
    {
        while (true)
        {
            var (id, code) = certificates[at++ % certificates.Count];
            var value = Interlocked.Increment(ref lastValue);
            if (await WriteCall.Put(id, code, value).TrySettleAsync(client) is not { } answer)
            {
                Interlocked.Increment(ref unanswered);
                open.Add((id, value));
                return;
            }
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.True(acknowledged.TryAdd((id, answer.Version), value), $"Two changes of certificate {id} were told they made version {answer.Version}.");
        }
    }
}

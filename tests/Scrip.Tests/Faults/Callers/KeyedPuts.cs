using System.Net;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>A client that is the only one to change a certificate, each time with a new idempotency key.</summary>
internal sealed class KeyedPuts(long id, string code) : ICaller
{
    private const int Repeated = 5;

    private readonly List<(WriteCall Call, WriteReply Answer)> answered = [];
    private WriteCall? open;
    private long value;

    public int Acknowledged => answered.Count;
    public int Unanswered { get; private set; }

    private long Version => answered.Count == 0 ? 1 : answered[^1].Answer.Version;

    public async Task WriteUntilGoneAsync(HttpClient client)
    {
        while (true)
        {
            value++;
            var call = WriteCall.Put(id, code, value, key: $"put-{id}-{value}");
            if (await call.TrySettleAsync(client) is not { } answer)
            {
                Unanswered++;
                open = call;
                return;
            }
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Equal(Version + 1, answer.Version);
            // A server whose commit broke finds out by the key, so the first response is already a replay.
            answered.Add((call, answer with { IsReplay = false }));
        }
    }

    public async Task CheckAsync(HttpClient client, Stored stored, bool unansweredMayBeStored)
    {
        var done = stored[id].Version == Version + 1;
        Assert.True(unansweredMayBeStored || !done);
        Assert.Equal(done ? (Version + 1, value) : (Version, open is null ? value : value - 1), (stored[id].Version, stored[id].Value));
        foreach (var (call, first) in answered.TakeLast(Repeated))
            Assert.Equal(first with { IsReplay = true }, await call.SendAsync(client));
        if (open is null)
            return;
        var settled = await open.SendAsync(client);
        Assert.Equal((HttpStatusCode.OK, Version + 1, done), (settled.Status, settled.Version, settled.IsReplay));
        answered.Add((open, settled with { IsReplay = false }));
        open = null;
    }
}

using System.Net;
using System.Text.Json;
using Scrip.Client;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>A client that creates certificates, a fixed number in each call, with or without idempotency keys.</summary>
internal sealed class Creates(string name, bool withKeys) : ICaller
{
    private const int InOneCall = 25;
    private const int Repeated = 5;

    private readonly List<(WriteCall Call, WriteReply Answer)> answered = [];
    private WriteCall? open;
    private int calls;

    public int Acknowledged => answered.Count;
    public int Unanswered { get; private set; }

    public async Task WriteUntilGoneAsync(HttpClient client)
    {
        while (true)
        {
            var call = WriteCall.BulkCreate(Codes(calls), value: calls, withKeys ? $"{name}-{calls}" : null);
            if (await call.TrySettleAsync(client) is not { } answer)
            {
                Unanswered++;
                open = call;
                return;
            }
            Assert.Equal(HttpStatusCode.Created, answer.Status);
            // A server whose commit broke finds out by the key, so the first response is already a replay.
            answered.Add((call, answer with { IsReplay = false }));
            calls++;
        }
    }

    public async Task CheckAsync(HttpClient client, Stored stored, bool unansweredMayBeStored)
    {
        foreach (var (call, answer) in answered)
            AssertStored(call, answer, stored);
        if (withKeys)
        {
            foreach (var (call, first) in answered.TakeLast(Repeated))
                Assert.Equal(first with { IsReplay = true }, await call.SendAsync(client));
        }
        if (open is null)
            return;
        var found = Codes(calls).Count(stored.ByCode.ContainsKey);
        Assert.True(found is 0 or InOneCall, $"{found} of the {InOneCall} certificates of one call are there.");
        Assert.True(unansweredMayBeStored || found == 0);
        if (withKeys)
        {
            var settled = await open.SendAsync(client);
            Assert.Equal((HttpStatusCode.Created, found > 0), (settled.Status, settled.IsReplay));
            AssertStored(open, settled, await Stored.ReadAsync(client));
            answered.Add((open, settled with { IsReplay = false }));
        }
        open = null;
        calls++;
    }

    private string[] Codes(int call) => [.. Enumerable.Range(0, InOneCall).Select(at => $"{name}-{call}-{at}")];

    private static void AssertStored(WriteCall call, WriteReply answer, Stored stored)
    {
        var told = JsonSerializer.Deserialize(answer.Body, ScripJson.Wire.ListCertificateResource)!;
        Assert.Equal(InOneCall, told.Count);
        Assert.Equal(Enumerable.Range(0, InOneCall).Select(at => told[0].Id + at), told.Select(certificate => certificate.Id));
        Assert.Equal(told.Select(one => (one.Id, one.Code, one.Value)), told.Select(one => stored[one.Id]).Select(one => (one.Id, one.Code, one.Value)));
        Assert.All(told, certificate => Assert.Contains($"\"{certificate.Code}\"", call.Body, StringComparison.Ordinal));
    }
}

using System.Net;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>All kinds of callers at once, with the certificates that they use.</summary>
internal sealed class Load
{
    private const int SharedCertificates = 4;
    private const int SharingClients = 8;
    private const int OfEachOtherKind = 4;
    private const int RotatedTogether = 8;

    private readonly List<string> codes = [];
    private readonly List<ICaller> callers = [];

    public Load()
    {
        callers.Add(new SharedPuts(Take("SHARED", SharedCertificates), SharingClients));
        for (var at = 0; at < OfEachOtherKind; at++)
        {
            var (id, code) = Take($"KEYED-{at}", 1)[0];
            callers.Add(new KeyedPuts(id, code));
            callers.Add(new Rotations(Take($"ROTATED-{at}", RotatedTogether)));
            callers.Add(new Creates($"PLAIN-{at}", withKeys: false));
            callers.Add(new Creates($"SURE-{at}", withKeys: true));
        }
    }

    /// <summary>How many calls were acknowledged by the kind of caller that had the fewest.</summary>
    public int LeastAcknowledged => callers.Min(caller => caller.Acknowledged);

    public int Acknowledged => callers.Sum(caller => caller.Acknowledged);
    public int Unanswered => callers.Sum(caller => caller.Unanswered);

    /// <summary>Starts a server with the settings for that many bulk calls at once.</summary>
    public static Task<ScripProcess> ServeAsync(string storage) => ScripProcess.ServeAsync(storage, ("SCRIP_MAX_BULK_CALLS_AT_ONCE", "64"));

    /// <summary>Creates the callers' certificates in a fresh database.</summary>
    public async Task PrepareAsync(HttpClient client) =>
        Assert.Equal(HttpStatusCode.Created, (await WriteCall.BulkCreate(codes, value: 0).SendAsync(client)).Status);

    public Task WriteUntilGoneAsync(HttpClient client) => Task.WhenAll(callers.Select(caller => Task.Run(() => caller.WriteUntilGoneAsync(client))));

    /// <summary>Waits until every kind of caller has had a call acknowledged, or all have stopped.</summary>
    public async Task UntilAllAcknowledgedAsync(Task writing)
    {
        while (LeastAcknowledged == 0 && !writing.IsCompleted)
            await Task.Delay(10);
    }

    public async Task CheckAsync(HttpClient client, bool unansweredMayBeStored)
    {
        var stored = await Stored.ReadAsync(client);
        foreach (var caller in callers)
            await caller.CheckAsync(client, stored, unansweredMayBeStored);
        await Stored.ReadAsync(client);
    }

    private (long Id, string Code)[] Take(string name, int count)
    {
        var firstId = codes.Count + 1L;
        codes.AddRange(Enumerable.Range(0, count).Select(at => $"{name}-{at}"));
        return [.. Enumerable.Range(0, count).Select(at => (firstId + at, codes[(int)firstId - 1 + at]))];
    }
}

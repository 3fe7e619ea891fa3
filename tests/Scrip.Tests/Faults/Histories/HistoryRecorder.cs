using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Histories;

/// <summary>
/// Callers that do everything with a few certificates at once, at any server, and record the responses. Some do not wait for their
/// response, and servers go away: then most callers repeat the call with its key until they get a response, and some never return.
/// </summary>
/// <param name="number">The number of the recorder on its database, from 0: each has its own certificates and keys.</param>
internal sealed class HistoryRecorder(IReadOnlyList<RestartedScrip> servers, int seed, int number)
{
    public const long FaceValue = 200_00;

    private const int InOneHistory = 4;
    private const int Callers = 8;

    private readonly ConcurrentQueue<(long Certificate, RecordedCall Call)> recorded = new();
    private readonly ConcurrentQueue<(Keyed Call, string Body)> acknowledged = new();
    private readonly ConcurrentDictionary<long, List<long>> redemptions = new();
    private int keys;
    private int unanswered;
    private int abandoned;

    /// <summary>The ids, which are known because only the recorders create certificates.</summary>
    public IReadOnlyList<long> Certificates { get; } =
        [.. Enumerable.Range(1, InOneHistory).Select(at => (number * (long)InOneHistory) + at)];

    /// <summary>How many attempts had no response.</summary>
    public int Unanswered => unanswered;

    /// <summary>How many calls were abandoned without a response.</summary>
    public int Abandoned => abandoned;

    public int Acknowledged => acknowledged.Count;

    public IReadOnlyList<RecordedCall> HistoryOf(long certificate) =>
        [.. recorded.Where(record => record.Certificate == certificate).Select(record => record.Call).OrderBy(call => call.Sent)];

    public async Task PrepareAsync()
    {
        var items = Certificates.Select(id => string.Create(
            CultureInfo.InvariantCulture, $$"""{"code":"{{WireAnswer.CodeOf(id)}}","value":{{FaceValue / 100}}}"""));
        var answer = await (await servers[0].ClientAsync()).CreateAsync($"[{string.Join(',', items)}]");
        Assert.Equal(201, answer.Status);
    }

    /// <summary>Calls until the token is cancelled and every caller has the responses for which it waits.</summary>
    public Task RecordAsync(CancellationToken end) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(at => Task.Run(() => CallAsync(new Random(seed + at), end))));

    /// <summary>Waits until the given number of further writes has been acknowledged, which ensures a load.</summary>
    public async Task ProgressAsync(int writes)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var enough = Acknowledged + writes; Acknowledged < enough;)
            await Task.Delay(10, limit.Token);
    }

    /// <summary>Reads every certificate at the end, which must show whatever happened to it.</summary>
    public async Task LookAsync()
    {
        foreach (var certificate in Certificates)
            await DoAsync(new Random(seed), certificate, new CertificateCall(CallKind.Read, "", 0, 0), isPatient: true);
    }

    /// <summary>Sends everything acknowledged once more. Each response must have the same bytes and be marked as a replay.</summary>
    public async Task RepeatAsync()
    {
        foreach (var (call, body) in acknowledged)
        {
            var again = await call.SendAsync(await servers[^1].ClientAsync(), CancellationToken.None);
            Assert.Equal((body, true), (again.Body, again.IsReplay));
        }
    }

    private async Task CallAsync(Random random, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var certificate = Certificates[random.Next(Certificates.Count)];
            await DoAsync(random, certificate, NextCall(random, certificate), isPatient: false);
            await Task.Delay(random.Next(0, 12), CancellationToken.None);
        }
    }

    private CertificateCall NextCall(Random random, long certificate)
    {
        var known = RedemptionsOf(certificate);
        long redemption;
        lock (known)
            redemption = known.Count == 0 ? 0 : known[^random.Next(1, Math.Min(known.Count, 6) + 1)];
        long amount = random.Next(1, 40) * 50;
        var kind = (CallKind)random.Next((int)CallKind.Read + 1);
        if (redemption == 0 && kind is not (CallKind.Pay or CallKind.Hold or CallKind.SetValue))
            kind = CallKind.Read;
        return kind switch
        {
            CallKind.Pay or CallKind.Hold =>
                new(kind, string.Create(CultureInfo.InvariantCulture, $"R{Interlocked.Increment(ref keys)}"), 0, amount),
            CallKind.SetValue => new(kind, "", 0, random.Next(100, 600) * 100),
            CallKind.Read => new(kind, "", 0, 0),
            CallKind.Release => new(kind, "", redemption, 0),
            CallKind.Capture or CallKind.CaptureSome or CallKind.Refund => new(kind, "", redemption, amount),
        };
    }

    private async Task DoAsync(Random random, long certificate, CertificateCall call, bool isPatient)
    {
        var key = call.Kind == CallKind.Read
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"key-{number}-{Interlocked.Increment(ref keys)}");
        var keyed = new Keyed(certificate, call, key);
        var sent = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await TrySendAsync(random, keyed, isPatient);
            if (answer is { Text: { } text })
            {
                recorded.Enqueue((certificate, new RecordedCall(sent, Stopwatch.GetTimestamp(), call, text)));
                Note(keyed, text, answer.Body);
                return;
            }
            Interlocked.Increment(ref unanswered);
            // A caller that is told to wait returns later.
            if (isPatient || answer is not null || random.Next(4) > 0)
            {
                await Task.Delay(answer is null ? random.Next(1, 20) : random.Next(50, 150));
                continue;
            }
            Interlocked.Increment(ref abandoned);
            // A read without a response leaves nothing behind.
            if (key is not null)
                recorded.Enqueue((certificate, new RecordedCall(sent, null, call, null)));
            return;
        }
    }

    private void Note(Keyed call, string text, string body)
    {
        // A call about an unknown redemption is not remembered.
        if (call.Key is not null && text != "unknown")
            acknowledged.Enqueue((call, body));
        if (call.Call.Kind is not (CallKind.Pay or CallKind.Hold) || CertificateState.IdIn(text) is not (> 0 and var id))
            return;
        var known = RedemptionsOf(call.Certificate);
        lock (known)
            known.Add(id);
    }

    private List<long> RedemptionsOf(long certificate) => redemptions.GetOrAdd(certificate, _ => []);

    private async Task<WireReply?> TrySendAsync(Random random, Keyed call, bool isPatient)
    {
        using var patience = new CancellationTokenSource();
        if (!isPatient)
            patience.CancelAfter(random.Next(8) == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 5)) : TimeSpan.FromSeconds(20));
        try
        {
            var client = await servers[random.Next(servers.Count)].ClientAsync();
            return await call.SendAsync(client, patience.Token);
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private sealed record Keyed(long Certificate, CertificateCall Call, string? Key)
    {
        public async Task<WireReply> SendAsync(HttpClient client, CancellationToken cancellationToken)
        {
            var (method, path, body) = WireAnswer.Request(Certificate, Call);
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            if (Key is not null)
                request.Headers.Add("Idempotency-Key", Key);
            using var response = await client.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return new WireReply(
                WireAnswer.Of(Call, (int)response.StatusCode, text, response.Headers.ETag?.Tag), text,
                response.Headers.Contains("Idempotent-Replayed"));
        }
    }

    private sealed record WireReply(string? Text, string Body, bool IsReplay);
}

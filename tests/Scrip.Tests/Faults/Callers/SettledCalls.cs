using System.Net;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>The calls of a client that repeats each one with its key until it gets a response, from whichever server.</summary>
internal sealed class SettledCalls(RestartedScrip scrip)
{
    private readonly List<(WriteCall Call, WriteReply Answer)> answered = [];

    public int Acknowledged => answered.Count;
    public int Unanswered { get; private set; }

    public Task<WriteReply> SettleAsync(HttpMethod method, string path, string body, string key) =>
        SettleAsync(() => new WriteCall(method, path, body, key));

    /// <param name="call">Creates the call for each attempt, since the token may have changed.</param>
    public async Task<WriteReply> SettleAsync(Func<WriteCall> call)
    {
        while (true)
        {
            var sent = call();
            if (await sent.TrySendAsync(await scrip.ClientAsync()) is not { } answer || IsToBeSentAgain(answer.Status))
            {
                Unanswered++;
                await Task.Delay(20);
                continue;
            }
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{sent.Path} {sent.Body}: {answer.Body}");
            answered.Add((sent, answer));
            return answer;
        }

        // A token whose secret was replaced is refused until its caller has the new one.
        static bool IsToBeSentAgain(HttpStatusCode status) => status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Unauthorized;
    }

    /// <summary>Sends everything once more. Each response must have the bytes of the first.</summary>
    /// <param name="token">The token to send; null for that of the client.</param>
    public async Task RepeatAsync(HttpClient client, string? token = null)
    {
        foreach (var (call, first) in answered)
            Assert.Equal(first with { IsReplay = true }, await (call with { Token = token }).SendAsync(client));
    }
}

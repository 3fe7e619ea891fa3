using System.Net;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>The calls of a client that sends each one again with its key until it is answered, whoever serves by then.</summary>
internal sealed class SettledCalls(RestartedScrip scrip)
{
    private readonly List<(WriteCall Call, WriteReply Answer)> answered = [];

    public int Acknowledged => answered.Count;
    public int Unanswered { get; private set; }

    public Task<WriteReply> SettleAsync(HttpMethod method, string path, string body, string key) =>
        SettleAsync(() => new WriteCall(method, path, body, key));

    /// <param name="call">Made anew for each sending, since the token may be another one by then.</param>
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

        // A token whose text has been replaced is refused until its caller has the new text.
        static bool IsToBeSentAgain(HttpStatusCode status) => status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Unauthorized;
    }

    /// <summary>Sends everything once more: the bytes of each answer must be those of the first.</summary>
    /// <param name="token">With which it is sent; null for that of the client.</param>
    public async Task RepeatAsync(HttpClient client, string? token = null)
    {
        foreach (var (call, first) in answered)
            Assert.Equal(first with { IsReplay = true }, await (call with { Token = token }).SendAsync(client));
    }
}

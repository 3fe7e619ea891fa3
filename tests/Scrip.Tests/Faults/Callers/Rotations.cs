using System.Net;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>
/// A client that is the only one to change a few certificates, always all of them: their codes move on by one, and their values count the
/// moves.
/// </summary>
internal sealed class Rotations(IReadOnlyList<(long Id, string Code)> certificates) : ICaller
{
    private int moves;
    private bool isOpen;

    public int Acknowledged { get; private set; }
    public int Unanswered { get; private set; }

    public async Task WriteUntilGoneAsync(HttpClient client)
    {
        while (true)
        {
            if (await WriteCall.BulkUpdate(After(moves + 1), moves + 1).TrySettleAsync(client) is not { } answer)
            {
                Unanswered++;
                isOpen = true;
                return;
            }
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Acknowledged++;
            moves++;
        }
    }

    public Task CheckAsync(HttpClient client, Stored stored, bool unansweredMayBeStored)
    {
        var found = (int)stored[certificates[0].Id].Value;
        Assert.InRange(found, moves, isOpen && unansweredMayBeStored ? moves + 1 : moves);
        foreach (var (id, code) in After(found))
            Assert.Equal((code, found), (stored[id].Code, stored[id].Value));
        moves = found;
        isOpen = false;
        return Task.CompletedTask;
    }

    private IEnumerable<(long Id, string Code)> After(int count) =>
        certificates.Select((certificate, at) => (certificate.Id, certificates[(at + count) % certificates.Count].Code));
}

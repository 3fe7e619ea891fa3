namespace Scrip.Tests.Faults.Histories;

/// <summary>The checker accepts whatever is possible, however oddly calls overlap, and rejects what is impossible.</summary>
public sealed class LinearizabilityCheckerTests
{
    public static TheoryData<string, string> Possible { get; } = new()
    {
        { "nothing", "" },
        {
            "one after another",
            """
            0-1 pay R1 30 => #1 captured 30-0 of 30, 70 left
            2-3 hold R2 50 => #2 held 0-0 of 50, 20 left
            4-5 pay R3 30 => insufficient 20
            6-7 capture #2 40 => #2 captured 40-0 of 50, 30 left
            8-9 refund #1 10 => #1 captured 30-10 of 30, 40 left
            10-11 read => value 100, 60 spent, 0 held, version 5
            """
        },
        {
            "the one that was sent later comes first",
            """
            0-9 pay R1 30 => #2 captured 30-0 of 30, 10 left
            1-8 pay R2 60 => #1 captured 60-0 of 60, 40 left
            """
        },
        {
            "a read beside a payment sees it or not",
            """
            0-9 pay R1 30 => #1 captured 30-0 of 30, 70 left
            1-2 read => value 100, 0 spent, 0 held, version 1
            3-4 read => value 100, 30 spent, 0 held, version 2
            """
        },
        {
            "a payment that nobody was told of happened",
            """
            0-? pay R1 30 => ?
            1-2 read => value 100, 30 spent, 0 held, version 2
            3-4 pay R1 30 => duplicate #-1
            """
        },
        {
            "a payment that nobody was told of happens late",
            """
            0-? pay R1 30 => ?
            1-2 read => value 100, 0 spent, 0 held, version 1
            3-4 pay R2 100 => #1 captured 100-0 of 100, 0 left
            """
        },
        {
            "a payment that nobody was told of never happens",
            """
            0-? pay R1 30 => ?
            1-2 read => value 100, 0 spent, 0 held, version 1
            """
        },
        {
            "a reference comes free with the hold that had it",
            """
            0-1 hold R1 30 => #1 held 0-0 of 30, 70 left
            2-3 capture-some #1 10 => #1 held 10-0 of 30, 70 left
            4-5 pay R1 1 => duplicate #1
            6-7 release #1 => #1 released 10-0 of 30, 90 left
            8-9 pay R1 90 => #2 captured 90-0 of 90, 0 left
            10-11 pay R2 1 => spent
            """
        },
        {
            "a value that is lowered as far as it may be",
            """
            0-1 pay R1 30 => #1 captured 30-0 of 30, 70 left
            2-5 set-value 29 => below
            3-6 set-value 30 => value 30, version 3
            7-8 set-value 30 => value 30, version 3
            9-10 read => value 30, 30 spent, 0 held, version 3
            """
        },
    };

    public static TheoryData<string, string> Impossible { get; } = new()
    {
        {
            "a lost update",
            """
            0-5 pay R1 30 => #1 captured 30-0 of 30, 70 left
            1-6 pay R2 30 => #2 captured 30-0 of 30, 70 left
            """
        },
        {
            "the same money twice",
            """
            0-5 pay R1 100 => #1 captured 100-0 of 100, 0 left
            1-6 pay R2 100 => #2 captured 100-0 of 100, 0 left
            """
        },
        {
            "more than there is",
            """
            0-1 pay R1 60 => #1 captured 60-0 of 60, 40 left
            2-3 pay R2 60 => #2 captured 60-0 of 60, -20 left
            """
        },
        {
            "a stale read after a write",
            """
            0-1 pay R1 30 => #1 captured 30-0 of 30, 70 left
            2-3 read => value 100, 0 spent, 0 held, version 1
            """
        },
        {
            "a read of a payment that was not sent yet",
            """
            0-1 read => value 100, 30 spent, 0 held, version 2
            2-3 pay R1 30 => #1 captured 30-0 of 30, 70 left
            """
        },
        {
            "two reads that go back in time",
            """
            0-9 pay R1 30 => #1 captured 30-0 of 30, 70 left
            1-2 read => value 100, 30 spent, 0 held, version 2
            3-4 read => value 100, 0 spent, 0 held, version 1
            """
        },
        {
            "a payment that nobody was told of, seen and then undone",
            """
            0-? pay R1 30 => ?
            1-2 read => value 100, 30 spent, 0 held, version 2
            3-4 read => value 100, 0 spent, 0 held, version 1
            """
        },
        {
            "a payment that nobody was told of, twice",
            """
            0-? pay R1 30 => ?
            1-2 read => value 100, 60 spent, 0 held, version 3
            """
        },
        {
            "an acknowledged payment that is gone",
            """
            0-1 pay R1 30 => #1 captured 30-0 of 30, 70 left
            2-3 pay R2 100 => #2 captured 100-0 of 100, 0 left
            """
        },
        {
            "a refusal though there was enough",
            """
            0-1 pay R1 30 => #1 captured 30-0 of 30, 70 left
            2-3 pay R2 50 => insufficient 40
            """
        },
        {
            "a refund of more than was captured",
            """
            0-1 pay R1 30 => #1 captured 30-0 of 30, 70 left
            2-3 refund #1 40 => #1 captured 30-40 of 30, 110 left
            """
        },
        {
            "two refunds of the same money",
            """
            0-1 pay R1 30 => #1 captured 30-0 of 30, 70 left
            2-5 refund #1 30 => #1 captured 30-30 of 30, 100 left
            3-6 refund #1 30 => #1 captured 30-30 of 30, 100 left
            """
        },
        {
            "a capture of more than is held",
            """
            0-1 hold R1 30 => #1 held 0-0 of 30, 70 left
            2-3 capture #1 40 => #1 captured 40-0 of 30, 60 left
            """
        },
        {
            "a hold that is captured and released",
            """
            0-1 hold R1 30 => #1 held 0-0 of 30, 70 left
            2-5 capture #1 30 => #1 captured 30-0 of 30, 70 left
            3-6 release #1 => #1 released 0-0 of 30, 100 left
            """
        },
        {
            "a hold that is released twice",
            """
            0-1 hold R1 30 => #1 held 0-0 of 30, 70 left
            2-5 release #1 => #1 released 0-0 of 30, 100 left
            3-6 release #1 => #1 released 0-0 of 30, 130 left
            """
        },
        {
            "a capture that goes on holding",
            """
            0-1 hold R1 30 => #1 held 0-0 of 30, 70 left
            2-3 capture #1 30 => #1 captured 30-0 of 30, 70 left
            4-5 read => value 100, 30 spent, 30 held, version 3
            """
        },
        {
            "one reference twice",
            """
            0-5 pay R1 30 => #1 captured 30-0 of 30, 70 left
            1-6 pay R1 30 => #2 captured 30-0 of 30, 40 left
            """
        },
        {
            "one id twice",
            """
            0-1 pay R1 30 => #1 captured 30-0 of 30, 70 left
            2-3 pay R2 30 => #1 captured 30-0 of 30, 40 left
            """
        },
        {
            "a value below what is used",
            """
            0-1 hold R1 30 => #1 held 0-0 of 30, 70 left
            2-3 set-value 20 => value 20, version 3
            """
        },
        {
            "a change without a version",
            """
            0-1 pay R1 30 => #1 captured 30-0 of 30, 70 left
            2-3 set-value 200 => value 200, version 2
            """
        },
        {
            "two who each saw only themselves",
            """
            0-9 pay R1 60 => #1 captured 60-0 of 60, 40 left
            1-8 hold R2 60 => #2 held 0-0 of 60, 40 left
            10-11 read => value 100, 60 spent, 60 held, version 3
            """
        },
    };

    [Theory]
    [MemberData(nameof(Possible))]
    public void A_history_that_can_have_been_is_accepted(string what, string history) =>
        Assert.True(Find(history) is null, $"{what} was rejected: {Find(history)}");

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_history_that_cannot_have_been_is_rejected(string what, string history) =>
        Assert.True(Find(history) is not null, $"{what} was accepted.");

    [Fact]
    public void Every_wrong_answer_in_a_long_history_is_noticed()
    {
        var calls = LongHistory();
        Assert.Null(LinearizabilityChecker.FindFault(calls, CertificateState.Of(1_000)));
        for (var at = 0; at < calls.Count; at++)
        {
            var wrong = calls.ToList();
            wrong[at] = calls[at] with { Answer = calls[at].Answer + "0" };
            Assert.NotNull(LinearizabilityChecker.FindFault(wrong, CertificateState.Of(1_000)));
        }
    }

    /// <summary>
    /// Eight concurrent callers, built from a known order: each call lasts from well before its instant to well after it.
    /// </summary>
    private static List<RecordedCall> LongHistory()
    {
        var random = new Random(1);
        var state = CertificateState.Of(1_000);
        var calls = new List<RecordedCall>();
        for (var at = 1; at <= 60; at++)
        {
            var call = (at % 3) switch
            {
                0 => new CertificateCall(CallKind.Read, "", 0, 0),
                1 => new CertificateCall(CallKind.Pay, $"R{at}", 0, random.Next(1, 40)),
                _ => new CertificateCall(CallKind.Refund, "", at - 1, random.Next(1, 40)),
            };
            (var answer, state) = state.Run(call, newId: at);
            calls.Add(new RecordedCall((at * 10) - random.Next(0, 40), (at * 10) + random.Next(0, 40), call, answer));
        }
        return calls;
    }

    private static string? Find(string history)
    {
        var lines = history.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return LinearizabilityChecker.FindFault([.. lines.Select(RecordedCall.Parse)], CertificateState.Of(100));
    }
}

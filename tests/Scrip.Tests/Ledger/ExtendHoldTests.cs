using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>Moves the end of an open hold.</summary>
public sealed class ExtendHoldTests
{
    [Fact]
    public void An_end_moves_later_and_earlier_and_the_moved_one_counts() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        extend 1 90            => Held 1:R of 1:A 100-0+0 balance 400 until 90 | 1 Rescheduled r1 0 balance 400 held 100 hold_expires_at
        at 60
        expire                 => Expired 0
        extend 1 61            => Held 1:R of 1:A 100-0+0 balance 400 until 61 | 1 Rescheduled r1 0 balance 400 held 100 hold_expires_at
        extend 1 61            => Held 1:R of 1:A 100-0+0 balance 400 until 61
        at 61
        expire                 => Expired 1 | 1 HoldExpired r1 +100 balance 500 at 61
        extend 1 90            => HoldEnded Expired
        """);

    [Fact]
    public void An_end_is_in_the_future_and_within_31_days_of_now() => LedgerTable.Check("""
        stored 1:A=500
        hold A 100 R until 60  => Held 1:R of 1:A 100-0+0 balance 400 until 60 | 1 Held r1 -100 balance 400 held 100
        at 5
        extend 1 5             => HoldExpiryOutOfRange
        extend 1 2678406       => HoldExpiryOutOfRange
        extend 9 5             => HoldExpiryOutOfRange
        extend 9 6             => NotFound
        extend 1 2678405       => Held 1:R of 1:A 100-0+0 balance 400 until 2678405 | 1 Rescheduled r1 0 balance 400 held 100 hold_expires_at
        """);

    [Theory]
    [InlineData("capture 1", "Captured")]
    [InlineData("release 1", "Released")]
    public void Only_what_still_holds_has_an_end_to_move(string end, string state)
    {
        var stored = LedgerTable.StateOf([LedgerTable.Stored("stored 1:A=500")]);
        foreach (var row in new[] { "hold A 100 R until 60", "capture 1 40 keep", "extend 1 70", end })
            CommandText.Parse(row).ApplyTo(stored, Instants.Later(1));
        var refused = CommandText.Parse("extend 1 80").ApplyTo(stored, Instants.Later(2));
        Assert.Equal(($"HoldEnded {state}", false), (OutcomeText.Of(refused.Outcome), refused.HasChanges));
    }
}

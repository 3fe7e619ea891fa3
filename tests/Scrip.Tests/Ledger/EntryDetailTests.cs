using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>The detail of an entry is stored as it is returned, and a rescheduling can be undone from it.</summary>
public sealed class EntryDetailTests
{
    private static readonly CertificateTerms[] Terms =
    [
        CertificateTerms.Unlimited,
        new() { StartsAt = Instants.Start },
        new() { StartsAt = Instants.Later(1), ExpiresAt = Instants.Later(2) },
        new() { ExpiresAt = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), SingleUse = true },
        new() { SingleUse = true, Note = "подарок 🎁 \"<&>\\\n" },
        new() { Note = "" },
        new() { ExpiresAt = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero), Note = "x" },
    ];

    [Fact]
    public void It_has_what_changed_before_and_after() => Assert.Equal(
        """
        {"starts_at":{"before":null,"after":"2026-01-02T03:04:06.678901Z"},"single_use":{"before":false,"after":true},"note":{"before":"a","after":"ä"}}
        """,
        EntryDetail.Rescheduling(
            new CertificateTerms { Note = "a", ExpiresAt = Instants.Later(60) },
            new CertificateTerms { Note = "ä", ExpiresAt = Instants.Later(60), SingleUse = true, StartsAt = Instants.Later(1) }));

    [Fact]
    public void A_renaming_has_both_codes_and_a_refund_its_reason()
    {
        Assert.Equal(
            """{"code":{"before":"A \"1\"","after":"подарок-ß"}}""", EntryDetail.Renaming(CommandText.Code("A␣\"1\""), CommandText.Code("подарок-ß")));
        Assert.Equal("""{"reason":"It \\ came back"}""", EntryDetail.Reason("It \\ came back"));
    }

    [Fact]
    public void Every_rescheduling_is_undone_from_its_detail()
    {
        foreach (var before in Terms)
        {
            foreach (var after in Terms)
                Assert.Equal(before, EntryDetail.Undo(EntryDetail.Rescheduling(before, after), after));
        }
    }
}

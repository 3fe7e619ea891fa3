using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Redemptions;
using Scrip.Server.Reports;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>Rows as left by a version before refunds freed references, with one redemption of each kind.</summary>
internal static class EarlierRedemptions
{
    /// <summary>The latest date of the entries.</summary>
    public static readonly DateTimeOffset NewestEntryAt = DateTimeOffset.UnixEpoch.AddMicroseconds(20);

    /// <param name="active">An <c>is_active</c>, whose type differs between the databases.</param>
    /// <param name="single">A <c>single_use</c>, whose type differs between the databases.</param>
    public static string Rows(string active, string single) => $"""
        insert into site (site_id, name, currency, time_zone, created_at) values (1, 'default', 'MDL', 'Europe/Chisinau', 0);
        insert into counter (site_id, last_certificate_id, last_entry_id, last_redemption_id) values (1, 1, 11, 5);
        insert into certificate
            (site_id, id, code, is_active, value_minor, spent, held, version, issued_value, created_at, created_by, updated_at, starts_at,
             expires_at, single_use, note, issued_entry_id, last_entry_id, spent_at_redemption_id)
        values (1, 1, 'A', {active}, 500, 20, 30, 11, 500, 10, 7, 20, null, null, {single}, null, 1, 11, 0);
        insert into entry
            (site_id, id, certificate_id, previous_id, redemption_id, kind, amount, balance_after, held_after, value_after, detail, actor,
             created_at)
        values (1, 2, 1, 1, 1, 7, -10, 490, 0, 500, null, 7, 20),
               (1, 3, 1, 2, 2, 7, -10, 480, 0, 500, null, 7, 20),
               (1, 4, 1, 3, 2, 11, 10, 490, 0, 500, null, 7, 20),
               (1, 5, 1, 4, 3, 8, -40, 450, 40, 500, null, 7, 20),
               (1, 6, 1, 5, 3, 7, -10, 450, 30, 500, null, 7, 20),
               (1, 7, 1, 6, 4, 8, -10, 440, 40, 500, null, 7, 20),
               (1, 8, 1, 7, 4, 9, 10, 450, 30, 500, null, 7, 20),
               (1, 9, 1, 8, 5, 7, -10, 440, 30, 500, null, 7, 20),
               (1, 10, 1, 9, 5, 11, 4, 444, 30, 500, null, 7, 20),
               (1, 11, 1, 10, 5, 11, 6, 450, 30, 500, null, 7, 20);
        insert into redemption
            (site_id, id, certificate_id, reference, state, amount, captured, refunded, balance_after, created_at, hold_expires_at, ended_id)
        values (1, 1, 1, 'paid', 2, 10, 10, 0, 490, 20, null, 0),
               (1, 2, 1, 'refunded', 2, 10, 10, 10, 490, 20, null, 0),
               (1, 3, 1, 'held', 1, 40, 10, 0, 450, 20, 4000000000000000, 0),
               (1, 4, 1, 'released', 3, 10, 0, 0, 450, 20, 4000000000000000, 4),
               (1, 5, 1, 'in-parts', 2, 10, 10, 10, 450, 20, null, 0)
        """;

    public static async Task ExpectFreedAsync(IStore store)
    {
        Assert.Equal("DuplicateReference 1", Pay("paid"));
        Assert.Equal("Captured 6:refunded of 1:A 1-1+0 balance 449", Pay("refunded"));
        Assert.Equal("DuplicateReference 6", Pay("refunded"));
        Assert.Equal("DuplicateReference 3", Pay("held"));
        Assert.Equal("Captured 7:released of 1:A 1-1+0 balance 448", Pay("released"));
        Assert.Equal("Captured 8:in-parts of 1:A 1-1+0 balance 447", Pay("in-parts"));
        var told = new List<string>();
        Assert.True(await LedgerVerification.RunAsync(store, told.Add, CancellationToken.None) == 0, string.Join('\n', told));

        string Pay(string reference)
        {
            var payment = new RedeemCertificate(CommandText.Code("A"), null, 1, reference, true, null)
            {
                Origin = new(Site.DefaultId, CommandText.Actor),
            };
            var footprint = new Footprint();
            payment.AddTo(footprint);
            using var transaction = store.Begin(Site.DefaultId, footprint, Instants.Start);
            var outcome = payment.ApplyTo(transaction.State, Instants.Start).Outcome;
            transaction.Commit();
            return OutcomeText.Of(outcome);
        }
    }
}

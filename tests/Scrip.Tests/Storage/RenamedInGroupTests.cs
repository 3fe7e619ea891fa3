using Scrip.Ledger.Access;
using Scrip.Ledger.Redemptions;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>A payment by a code that its certificate gets in the same group: no look-up by code finds what it must see.</summary>
public sealed class RenamedInGroupTests
{
    [Fact]
    public Task A_reference_is_taken_though_its_certificate_gets_the_code_in_the_same_group_on_sqlite() =>
        CheckAsync(new SqliteDatabase());

    [Fact]
    [Trait("Database", "Postgres")]
    public Task A_reference_is_taken_though_its_certificate_gets_the_code_in_the_same_group_on_postgres() =>
        CheckAsync(new PostgresDatabase());

    private static async Task CheckAsync(TestDatabase database)
    {
        using (database)
        {
            using var store = new HeldStore(database.Open());
            using var pipeline = new WritePipeline(store, TimeProvider.System, new PipelineSettings());
            await pipeline.ExecuteAsync(CommandText.Parse("create OLD=100"), CancellationToken.None);
            // The whole balance is spent: only the reference explains why the second payment is refused.
            await pipeline.ExecuteAsync(Payment("OLD"), CancellationToken.None);

            store.Hold();
            var first = pipeline.ExecuteAsync(CommandText.Parse("create FIRST"), CancellationToken.None);
            await store.ArrivalAsync();
            var renaming = pipeline.ExecuteAsync(CommandText.Parse("update 1:NEW"), CancellationToken.None);
            var payment = pipeline.ExecuteAsync(Payment("new"), CancellationToken.None);
            store.LetGo();
            await Task.WhenAll(first, renaming);

            Assert.Equal(new RedemptionOutcome(RedemptionVerdict.DuplicateReference, null, 1), (await payment).Outcome);
        }
    }

    private static RedeemCertificate Payment(string code) =>
        new(CommandText.Code(code), CertificateId: null, Amount: null, Reference: "ORDER-1", Capture: true, HoldExpiresAt: null)
        {
            Origin = new(Site.DefaultId, CommandText.Actor),
        };
}

using Scrip.Ledger;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task A_write_and_the_record_of_its_key_are_stored_together()
    {
        var command = CommandText.Parse("create A=500", identity: CommandText.Identity("key"));
        using (var transaction = store.Begin(DefaultSite, FootprintOf(command), Instants.Start))
        {
            var applied = command.ApplyTo(transaction.State, Instants.Start);
            Remember(transaction.State, "key", applied.Receipt!.Value.ToArray());
        }
        Assert.Null(RecordOf("key"));

        using (var transaction = store.Begin(DefaultSite, FootprintOf(command), Instants.Start))
        {
            var applied = command.ApplyTo(transaction.State, Instants.Start);
            Remember(transaction.State, "key", applied.Receipt!.Value.ToArray());
            transaction.Commit();
        }
        Reopen();
        Assert.Equal("1:A=500/on v1", await ListedAsync());
        Assert.Equal("Accepted 1:A=500/on v1", OutcomeText.Of(command.Recall(RecordOf("key")!.Receipt)));
    }

    [Fact]
    public void A_record_is_recalled_whole()
    {
        WriteRecord("key", fingerprint: [1, 0, 255], receipt: [0, 7], traceId: "trace-ä");
        Reopen();
        var record = RecordOf("key")!;
        Assert.Equal([1, 0, 255], record.Fingerprint.ToArray());
        Assert.Equal([0, 7], record.Receipt.ToArray());
        Assert.Equal(("key", CommandText.Actor), (record.Key.Text, record.Actor));
        Assert.Equal(("trace-ä", Instants.Start), (record.TraceId, record.CreatedAt));
    }

    [Fact]
    public void What_is_empty_in_a_record_is_empty_and_not_missing()
    {
        WriteRecord("key", fingerprint: [], receipt: [], traceId: "");
        var record = RecordOf("key")!;
        Assert.Equal((0, 0, ""), (record.Fingerprint.Length, record.Receipt.Length, record.TraceId));
    }

    [Fact]
    public void Long_receipts_are_kept()
    {
        var receipt = Enumerable.Range(0, 2_000_000).Select(n => (byte)(n % 251)).ToArray();
        WriteRecord("key", receipt: receipt);
        Assert.Equal(receipt, RecordOf("key")!.Receipt.ToArray());
    }

    [Fact]
    public async Task A_key_is_its_actor_s_and_its_site_s_alone()
    {
        var other = OpenSite("second");
        Assert.False(await HasRecordAsync("key"));
        WriteRecord("key");
        Assert.True(await HasRecordAsync("key"));
        Assert.False(await HasRecordAsync("key", actor: CommandText.Actor + 1));
        Assert.False(await HasRecordAsync("key", siteId: other));
        Assert.False(await HasRecordAsync("KEY"));
        Assert.NotNull(RecordOf("key"));
        Assert.Null(RecordOf("key", actor: CommandText.Actor + 1));
        Assert.Null(RecordOf("key", siteId: other));
        Assert.Null(RecordOf("KEY"));
    }

    private void WriteRecord(string key, byte[]? fingerprint = null, byte[]? receipt = null, string traceId = "trace")
    {
        using var transaction = store.Begin(DefaultSite, new Footprint(), Instants.Start);
        Remember(transaction.State, key, receipt, fingerprint, traceId);
        transaction.Commit();
    }

    private static void Remember(
        LedgerState state, string key, byte[]? receipt = null, byte[]? fingerprint = null, string traceId = "trace") =>
        state.Remember(new IdempotencyRecord(
            CommandText.Actor, CommandText.Identity(key).Key, fingerprint ?? [], receipt ?? [], traceId, Instants.Start));

    private async Task<bool> HasRecordAsync(string key, long actor = CommandText.Actor, long siteId = DefaultSite) =>
        await store.HasRecordAsync(siteId, actor, CommandText.Identity(key).Key, CancellationToken.None);

    private IdempotencyRecord? RecordOf(string key, long actor = CommandText.Actor, long siteId = DefaultSite)
    {
        var footprint = new Footprint();
        footprint.AddKey(actor, CommandText.Identity(key).Key);
        using var transaction = store.Begin(siteId, footprint, Instants.Start);
        return transaction.State.Recall(actor, CommandText.Identity(key).Key);
    }
}

using System.Buffers;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Storage.Pipeline;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// An exception other than the driver's strikes between the first statement of a write and its commit. Everything written by then is gone,
/// and later writes are not affected.
/// </summary>
public abstract partial class StoreContractTests
{
    /// <summary>So many that they are sent to PostgreSQL by COPY, before the batch that commits.</summary>
    private const int ManyCertificates = 1_500;

    [Theory]
    [InlineData(1)]
    [InlineData(ManyCertificates)]
    public async Task What_a_write_has_stored_when_the_process_fails_in_it_is_never_committed(int certificates)
    {
        using (var transaction = store.Begin(DefaultSite, FootprintOf(Issue(certificates)), Instants.Start))
        {
            Issue(certificates).ApplyTo(transaction.State, Instants.Start);
            Fail(transaction.State);
            Assert.Throws<InsufficientMemoryException>(transaction.Commit);
        }
        Assert.Equal("Accepted 1:NEXT=0/on v1", Write("create NEXT")[0]);
        Assert.Equal("1:NEXT=0/on v1", await ListedAsync());
        await AssertProvedAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(ManyCertificates)]
    public async Task A_command_in_which_the_process_fails_takes_no_other_with_it(int certificates)
    {
        // From here on the store knows where the site is, and the commands are queued in their order.
        await ListedAsync();
        using var pipeline = new WritePipeline(store, TimeProvider.System, new PipelineSettings());
        var failing = new Failing(Issue(certificates)) { Origin = new(DefaultSite, Actors.Operator) };
        var writes = new[] { failing, CommandText.Parse("create NEXT"), failing, CommandText.Parse("create LAST") }
            .Select(command => pipeline.ExecuteAsync(command, CancellationToken.None)).ToList();
        await Assert.ThrowsAsync<InsufficientMemoryException>(() => writes[0]);
        await Assert.ThrowsAsync<InsufficientMemoryException>(() => writes[2]);
        Assert.Equal("Accepted 1:NEXT=0/on v1", OutcomeText.Of((await writes[1]).Outcome));
        Assert.Equal("Accepted 2:LAST=0/on v1", OutcomeText.Of((await writes[3]).Outcome));
        Assert.Equal("1:NEXT=0/on v1, 2:LAST=0/on v1", await ListedAsync());
    }

    private static Command Issue(int certificates) => CommandText.Parse($"create {Joined(certificates, at => $"LOST-{at}")}");

    /// <summary>A record whose bytes cannot be read is among the last that an adapter writes.</summary>
    private static void Fail(LedgerState state) => state.Remember(new IdempotencyRecord(
        Actors.Operator, IdempotencyKey.FromStored("failing"), new NoMemory().Memory, ReadOnlyMemory<byte>.Empty, "trace", Instants.Start));

    private sealed record Failing(Command Inner) : Command
    {
        public override void AddTo(Footprint footprint) => Inner.AddTo(footprint);

        public override Applied ApplyTo(LedgerState state, DateTimeOffset now)
        {
            var applied = Inner.ApplyTo(state, now);
            Fail(state);
            return applied;
        }

        public override object Recall(ReadOnlyMemory<byte> receipt) => Inner.Recall(receipt);
    }

    private sealed class NoMemory : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(1);

        public override Span<byte> GetSpan() => throw new InsufficientMemoryException("There is no memory for it.");

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}

using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task What_a_group_writes_is_there_after_its_commit_and_not_before()
    {
        var command = CommandText.Parse("create A=500/off B=1000");
        using (var transaction = store.Begin(DefaultSite, FootprintOf(command), Instants.Start))
        {
            command.ApplyTo(transaction.State, Instants.Start);
            Assert.Empty(await ListAsync(CertificateQuery.Everything));
            transaction.Commit();
        }
        Assert.Equal("1:A=500/off v1, 2:B=1000/on v1", await ListedAsync());
    }

    [Fact]
    public async Task What_was_committed_is_there_when_the_database_is_opened_again()
    {
        Write("create A=500/off B=1000");
        WriteAt(Instants.Later(9), DefaultSite, "update 1:A2=750/on");
        var before = await ListAsync(CertificateQuery.Everything);
        Reopen();
        Assert.Equal(before, await ListAsync(CertificateQuery.Everything));
        Assert.Equal(
            new ListedCertificate(1, "A2", true, 750, 0, 0, 2, Instants.Start, Instants.Later(9)),
            before[0]);
        Assert.Equal(
            ["1 Adjusted +250 balance 750 500>750", "1 Renamed 0 balance 750 A>A2", "1 Activated 0 balance 750"],
            Journal());
        Assert.All(
            database.ReadEntries(DefaultSite),
            entry => Assert.Equal((CommandText.Actor, Instants.Later(9)), (entry.Actor, entry.CreatedAt)));
    }

    [Fact]
    public async Task A_transaction_that_is_not_committed_leaves_nothing()
    {
        Write("create A=500");
        var commands = new[] { CommandText.Parse("create B"), CommandText.Parse("update 1:A2=1/off") };
        using (var transaction = store.Begin(DefaultSite, FootprintOf(commands), Instants.Start))
        {
            foreach (var command in commands)
                command.ApplyTo(transaction.State, Instants.Start);
        }
        Assert.Equal("1:A=500/on v1", await ListedAsync());
        Assert.Empty(Journal());
        Assert.Equal(["Accepted 2:C=0/on v1"], Write("create C"));
    }

    [Fact]
    public void A_transaction_sees_what_its_footprint_names()
    {
        Write("create A=500/off B C=7");
        WriteAt(Instants.Later(9), DefaultSite, "update 1:A=501");
        var footprint = FootprintOf(CommandText.Parse("update 1:C 9:FREE"));
        using var transaction = store.Begin(DefaultSite, footprint, Instants.Start);
        var state = transaction.State;

        var expected = Unchecked(1, CommandText.Code("A")) with
        {
            IsActive = false,
            FaceValue = 501,
            IssuedValue = 500,
            Version = 2,
            UpdatedAt = Instants.Later(9),
            LastEntryId = 4,
        };
        Assert.Equal(expected, state.Find(1));
        Assert.Null(state.Find(9));
        Assert.Equal(3, state.HolderOf(CommandText.Code("C")));
        Assert.Null(state.HolderOf(CommandText.Code("FREE")));
        Assert.Equal((DefaultSite, 3, 4), (state.SiteId, state.LastCertificateId, state.LastEntryId));
        Assert.False(state.HasChanges);
    }

    [Theory]
    [InlineData("1 2 3")]
    [InlineData("3 2 1")]
    [InlineData("2 9 10 11 19 20 29 30")]
    [InlineData("30 31 32 40 41")]
    [InlineData("1 30 31 9223372036854775800 9223372036854775807")]
    [InlineData("9223372036854775807")]
    public void Certificates_are_found_however_far_apart_they_are(string ids)
    {
        const int Last = 30;
        Write($"create {string.Join(' ', Enumerable.Range(1, Last).Select(id => $"C{id}"))}");
        var wanted = ids.Split(' ').Select(id => long.Parse(id, null)).ToList();
        var footprint = new Footprint();
        foreach (var id in wanted)
            footprint.AddCertificate(id);
        using var transaction = store.Begin(DefaultSite, footprint, Instants.Start);
        Assert.All(wanted, id => Assert.Equal(id <= Last ? $"C{id}" : null, transaction.State.Find(id)?.Code.Text));
    }

    [Fact]
    public void Spent_and_held_amounts_are_kept()
    {
        Write("create A=500");
        using (var transaction = store.Begin(DefaultSite, FootprintOf(CommandText.Parse("update 1:A")), Instants.Start))
        {
            var used = transaction.State.Find(1)! with { Spent = 200, Held = 300, Version = 2 };
            transaction.State.Record(new Changes { Updated = [used] });
            transaction.Commit();
        }
        Assert.Equal(["Conflict(1) 0 ValueBelowUsed 500"], Write("update 1:A=499"));
        Assert.Equal(["Accepted 1:A=500/off v3"], Write("update 1:A/off"));
    }

    [Fact]
    public async Task Ids_have_no_gaps_whatever_is_refused_or_undone_between()
    {
        Write("create A", "create B C");
        Write("create D A");
        using (var undone = store.Begin(DefaultSite, FootprintOf(CommandText.Parse("create D E")), Instants.Start))
            CommandText.Parse("create D E").ApplyTo(undone.State, Instants.Start);
        Reopen();
        Write("create D", "create A", "create E F");
        Assert.Equal([1, 2, 3, 4, 5, 6], (await ListAsync(CertificateQuery.Everything)).Select(certificate => certificate.Id));
        Assert.Equal(6, await CountAsync(CertificateQuery.Everything));
    }

    [Fact]
    public void Lines_of_the_journal_are_numbered_on_from_group_to_group()
    {
        Write("create A B");
        Write("update 1:A=1", "update 2:B=2");
        Reopen();
        Write("update 1:A/off");
        Assert.Equal(
            ["1 Adjusted +1 balance 1 0>1", "2 Adjusted +2 balance 2 0>2", "1 Deactivated 0 balance 1"],
            Journal());
    }

    [Fact]
    public async Task The_edges_of_every_value_survive()
    {
        Write("create A=0/off B=1000000000000000/on");
        Assert.Equal("1:A=0/off v1, 2:B=1000000000000000/on v1", await ListedAsync());
    }

    [Fact]
    public async Task A_group_of_many_thousands_is_one_commit()
    {
        Write($"create {string.Join(' ', Enumerable.Range(1, 20_000).Select(n => $"C{n}={n}"))}");
        Write($"update {string.Join(' ', Enumerable.Range(1, 20_000).Select(n => $"{n}:C{n % 20_000 + 1}"))}");
        var last = (await ListAsync(new CertificateQuery { Order = CertificateOrder.Id, Descending = true, Take = 1 }))[0];
        Assert.Equal("20000:C1=20000/on v2", last.ToString());
        Assert.Equal(20_000, await CountAsync(CertificateQuery.Everything));
        Assert.Equal(20_000, Journal().Length);
        await AssertProvedAsync();
    }

    [Fact]
    public async Task Changes_of_every_kind_in_one_large_group_are_all_stored()
    {
        Write("create " + Joined(3_500, id => $"C{id}=500"));
        Write("update " + Joined(3_500, id => (id % 3) switch
        {
            0 => $"{id}:D{id}",
            1 => $"{id}:C{id}=600",
            _ => $"{id}:C{id}/single/from30/until5000",
        }));
        Assert.Equal(1_166, await CountAsync(new CertificateQuery { Search = "D" }));
        Assert.Equal(1_167, await CountAsync(new CertificateQuery { MinFaceValue = 600 }));
        Assert.Equal(3_500, Journal().Length);
        await AssertProvedAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(33)]
    public async Task Every_one_of_many_is_stored_as_it_was_issued(int count)
    {
        var items = Enumerable.Range(1, count).Select(id => new NewCertificate(
            CommandText.Code($"{id * 7919 % 1000}-{id}"), id % 2 == 0, id * 100, id % 3 == 0 ? TermsOf(id) : null)).ToList();
        Write(Instants.Start, new CreateCertificates(items) { Origin = new(DefaultSite, CommandText.Actor) });
        foreach (var (at, item) in items.Index())
        {
            var found = await store.FindAsync(DefaultSite, at + 1, CancellationToken.None);
            Assert.Equal(item with { Terms = item.Terms ?? CertificateTerms.Unlimited }, new(found!.Code, found.IsActive, found.FaceValue, found.Terms));
            Assert.Equal(at + 1, Assert.Single(await ListAsync(new CertificateQuery { Code = item.Code.Text })).Id);
        }
        await AssertProvedAsync();

        static CertificateTerms TermsOf(int id) => new()
        {
            StartsAt = id % 2 == 0 ? Instants.Later(id) : null,
            ExpiresAt = id % 5 == 0 ? null : Instants.Later(1000 + id),
            SingleUse = id % 4 == 0,
            Note = id % 9 == 0 ? null : $"note {id}",
        };
    }

    [Fact]
    public async Task The_probe_writes_nothing_that_shows()
    {
        Write("create A");
        store.Probe(Instants.Later(1));
        store.Probe(Instants.Later(2));
        Assert.Equal("1:A=0/on v1", await ListedAsync());
        Assert.Equal(["Accepted 2:B=0/on v1"], Write("create B"));
    }

    [Fact]
    public void The_description_says_where_the_data_lies() => Assert.NotEmpty(store.Description);

    /// <summary>A store may read neighbouring ids in another way than distant ones.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    public async Task A_large_update_finds_its_certificates_and_no_others(int step)
    {
        const int count = 1_100;
        Write("create " + Joined(count * step, id => $"C{id}=5"));
        var changes = Joined(count, n => $"{n * step}:{(n % 2 == 0 ? "D" : "C")}{n * step}=7");
        Assert.Equal([$"NotFound(1) {count} NotFound {long.MaxValue}"], Write($"update {changes} {long.MaxValue}:X"));
        Write($"update {changes}");
        var changed = (await ListAsync(CertificateQuery.Everything)).Where(certificate => certificate.Version == 2).ToList();
        Assert.Equal(
            Enumerable.Range(1, count).Select(n => (n * step, $"{(n % 2 == 0 ? "D" : "C")}{n * step}", 7L)),
            changed.Select(certificate => ((int)certificate.Id, certificate.Code, certificate.FaceValue)));
    }
}

using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Fact]
    public async Task A_list_shows_one_state_whatever_is_committed_while_it_is_read()
    {
        Write("create A=1 B=2 C=3");
        await using var rows = await store.QueryAsync(DefaultSite, CertificateQuery.Everything with { AllAttributes = true }, CancellationToken.None);
        Assert.True(await rows.ReadAsync(CancellationToken.None));
        var listed = new List<ListedCertificate> { ListedCertificate.From(rows.Current) };
        Write("update 1:B 2:A=9 3:C/off", "create D");
        listed.AddRange(await RestOf(rows));

        Assert.Equal("1:A=1/on v1, 2:B=2/on v1, 3:C=3/on v1", string.Join(", ", listed));
        Assert.Equal("1:B=1/on v2, 2:A=9/on v2, 3:C=3/off v2, 4:D=0/on v1", await ListedAsync());
    }

    [Fact]
    public async Task Who_reads_after_a_snapshot_was_given_back_sees_what_has_been_committed_since()
    {
        Write("create A=1");
        await using (var snapshot = await store.OpenSnapshotAsync(DefaultSite, CancellationToken.None))
            Assert.Equal(1, (await snapshot.ReadCountersAsync(CancellationToken.None)).LastCertificateId);
        Write("update 1:A=2");
        Assert.Equal("1:A=2/on v2", await ListedAsync());
    }

    [Fact]
    public async Task Reads_go_on_while_a_write_is_under_way()
    {
        Write("create A=1");
        var command = CommandText.Parse("update 1:A=2");
        using var transaction = store.Begin(DefaultSite, FootprintOf(command), Instants.Start);
        command.ApplyTo(transaction.State, Instants.Start);

        var read = Task.Run(async () =>
        (
            await ListedAsync(),
            await CountAsync(new CertificateQuery { IsActive = true }),
            await store.ReadAccessAsync(CancellationToken.None)
        ));
        var (listed, count, access) = await read.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(("1:A=1/on v1", 1), (listed, count));
        Assert.Single(access.Sites);
        transaction.Commit();
    }

    [Fact]
    public async Task Writes_go_on_while_lists_are_half_read()
    {
        Write("create A=1 B");
        var halfRead = new List<IRows<CertificateRow>>();
        for (var reader = 0; reader < 5; reader++)
        {
            halfRead.Add(await store.QueryAsync(DefaultSite, CertificateQuery.Everything with { AllAttributes = true }, CancellationToken.None));
            await halfRead[reader].ReadAsync(CancellationToken.None);
        }
        await Task.Run(() => Write("update 1:A=2", "create C")).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.All(halfRead, rows => Assert.Equal("1:A=1/on v1", ListedCertificate.From(rows.Current).ToString()));
        foreach (var rows in halfRead)
            await rows.DisposeAsync();
        Assert.Equal("1:A=2/on v2, 2:B=0/on v1, 3:C=0/on v1", await ListedAsync());
    }

    [Fact]
    public async Task No_reader_ever_sees_part_of_a_commit()
    {
        const int size = 20;
        Write($"create {string.Join(' ', Enumerable.Range(1, size).Select(n => $"C{n}"))}");
        var writing = Task.Run(() =>
        {
            for (var value = 1; value <= 60; value++)
            {
                var changes = Enumerable.Range(1, size).Select(n => $"{n}:C{(n + value) % size}-{value % 2}={value}");
                Write($"update {string.Join(' ', changes)}", $"create X{value} Y{value}");
            }
        });
        do
        {
            var listed = await ListAsync(CertificateQuery.Everything);
            var value = Assert.Single(listed.Take(size).Select(certificate => certificate.FaceValue).Distinct());
            Assert.Equal(size + 2 * value, listed.Count);
        }
        while (!writing.IsCompleted);
        await writing;
    }

    [Fact]
    public async Task No_reader_ever_sees_a_token_without_its_site()
    {
        var writing = Task.Run(() =>
        {
            for (byte at = 1; at <= 60; at++)
            {
                var site = OpenSite($"site-{at}");
                Write(Instants.Start, new CreateApiToken("ERP", Scopes.Admin, new byte[] { at }, null) { Origin = new(site, 0) });
            }
        });
        while (!writing.IsCompleted)
        {
            var access = await store.ReadAccessAsync(CancellationToken.None);
            Assert.Subset(access.Sites.Select(site => site.Id).ToHashSet(), access.Tokens.Select(token => token.SiteId).ToHashSet());
        }
        await writing;
    }
}

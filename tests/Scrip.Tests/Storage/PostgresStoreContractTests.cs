using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

[Trait("Database", "Postgres")]
public sealed class PostgresStoreContractTests() : StoreContractTests(new PostgresDatabase())
{
    [Fact]
    public async Task No_other_site_joins_a_transaction()
    {
        var (here, there) = (CommandText.Parse("create A"), CommandText.Parse("create B", siteId: 2));
        Assert.False(Store.SharesCommits);
        using (var transaction = Store.Begin(DefaultSite, FootprintOf(here), Instants.Start))
        {
            here.ApplyTo(transaction.State, Instants.Start);
            Assert.Throws<NotSupportedException>(() => transaction.Join(2, FootprintOf(there), Instants.Start));
            transaction.Commit();
        }

        Assert.Equal("1:A=0/on v1", await ListedAsync());
    }
}

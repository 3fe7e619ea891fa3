using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public sealed class SqliteStoreContractTests() : StoreContractTests(new SqliteDatabase())
{
    /// <summary>Rows name their site, whether or not it is in the list of sites.</summary>
    private const long AnotherSite = 2;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sites_that_have_joined_a_transaction_store_all_together_or_nothing(bool isCommitted)
    {
        var (here, there) = (CommandText.Parse("create A"), CommandText.Parse("create B C", AnotherSite));
        using (var transaction = Store.Begin(DefaultSite, FootprintOf(here), Instants.Start))
        {
            here.ApplyTo(transaction.State, Instants.Start);
            there.ApplyTo(transaction.Join(AnotherSite, FootprintOf(there), Instants.Start), Instants.Start);
            if (isCommitted)
                transaction.Commit();
        }

        Assert.Equal(isCommitted ? "1:A=0/on v1" : "", await ListedAsync());
        Assert.Equal(isCommitted ? "1:B=0/on v1, 2:C=0/on v1" : "", await ListedAsync(AnotherSite));
    }

    [Fact]
    public async Task A_site_whose_writes_are_refused_leaves_nothing_of_those_that_it_has_joined()
    {
        var (here, there) = (CommandText.Parse("create A"), PipelineFixture.Poison with
        {
            Origin = PipelineFixture.Poison.Origin with
            {
                SiteId = AnotherSite,
            }
        });
        using (var transaction = Store.Begin(DefaultSite, FootprintOf(here), Instants.Start))
        {
            here.ApplyTo(transaction.State, Instants.Start);
            there.ApplyTo(transaction.Join(AnotherSite, FootprintOf(there), Instants.Start), Instants.Start);
            Assert.ThrowsAny<Exception>(transaction.Commit);
        }

        Assert.Equal("", await ListedAsync());
        Assert.Equal("", await ListedAsync(AnotherSite));
    }
}

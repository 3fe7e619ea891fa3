using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>Codes are stored apart from their certificates, and no constraint keeps the two consistent.</summary>
public sealed class SqliteCodesTests : IDisposable
{
    private readonly SqliteDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public void A_code_that_is_not_there_is_not_given_up()
    {
        using var store = database.Open();
        Write(store, "create A B");
        database.Execute("delete from certificate_code where code = 'A'");
        Assert.Throws<InvalidOperationException>(() => Write(store, "update 1:C 2:D"));
        Assert.Equal("A,B", database.Ask("select group_concat(code) from (select code from certificate order by id)"));
        Assert.Equal("B", database.Ask("select group_concat(code) from certificate_code"));
        Write(store, "update 2:D");
        Assert.Equal("D", database.Ask("select group_concat(code) from certificate_code"));
    }

    private static void Write(IStore store, string request)
    {
        var (command, footprint) = (CommandText.Parse(request), new Footprint());
        command.AddTo(footprint);
        using var transaction = store.Begin(Site.DefaultId, footprint, Instants.Start);
        command.ApplyTo(transaction.State, Instants.Start);
        transaction.Commit();
    }
}

using Microsoft.Data.Sqlite;
using Scrip.Storage.Sqlite;

namespace Scrip.Tests.Storage;

public sealed class SqliteStatementTests : IDisposable
{
    private readonly SqliteDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public void A_statement_that_is_used_after_its_end_is_refused()
    {
        using var connection = database.Connect();
        var statement = new SqliteStatement(connection, "select ?1");
        statement.Bind(1, 5L);
        Assert.True(statement.Step());
        statement.Dispose();
        Assert.Throws<SqliteException>(() => statement.Step());
        Assert.Throws<SqliteException>(() => statement.Bind(1, 6L));
        Assert.Equal(0, statement.Integer(0));
    }
}

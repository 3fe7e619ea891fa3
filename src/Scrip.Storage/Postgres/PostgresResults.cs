using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>Reads the results of a batch, one after another, without blocking.</summary>
internal static class PostgresResults
{
    /// <summary>Reads all rows of the current result.</summary>
    public static async Task<List<T>> AllAsync<T>(
        this NpgsqlDataReader row, Func<PostgresRow, T> read)
    {
        var all = new List<T>();
        var current = PostgresRow.Of(row);
        while (await row.ReadAsync(CancellationToken.None))
            all.Add(read(current));
        return all;
    }

    /// <summary>Reads all rows of the next result.</summary>
    public static async Task<List<T>> NextAsync<T>(
        this NpgsqlDataReader row, Func<PostgresRow, T> read)
    {
        await row.NextResultAsync(CancellationToken.None);
        return await row.AllAsync(read);
    }
}

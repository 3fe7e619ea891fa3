using Npgsql;

namespace Scrip.Storage.Postgres;

/// <summary>Reads the results of a batch, one after another, without blocking.</summary>
internal static class PostgresResults
{
    /// <summary>Reads all rows of the current result.</summary>
    public static async Task<List<T>> AllAsync<T>(
        this NpgsqlDataReader row, Func<NpgsqlDataReader, T> read)
    {
        var all = new List<T>();
        while (await row.ReadAsync(CancellationToken.None))
            all.Add(read(row));
        return all;
    }

    /// <summary>Reads all rows of the next result.</summary>
    public static async Task<List<T>> NextAsync<T>(
        this NpgsqlDataReader row, Func<NpgsqlDataReader, T> read)
    {
        await row.NextResultAsync(CancellationToken.None);
        return await row.AllAsync(read);
    }
}

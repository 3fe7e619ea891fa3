using Npgsql;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Postgres;

/// <summary>A part of a migration: recomputes the folded form of every code and writes those that differ from the stored one.</summary>
internal static class PostgresFolding
{
    private const int CodesInPart = 50_000;

    public static void Run(NpgsqlConnection connection)
    {
        foreach (var site in ReadSites(connection))
        {
            var part = new FoldedPart(LastId: 0, Changed: []);
            while (part is not null)
            {
                part = ReadPart(connection, site, part.LastId);
                if (part is { Changed.Count: > 0 })
                    Write(connection, site, part.Changed);
            }
        }
    }

    private static List<long> ReadSites(NpgsqlConnection connection)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.Add("access_sites");
        using var row = batch.ExecuteReader();
        var sites = new List<long>();
        while (row.Read())
            sites.Add(row.GetInt64(0));
        return sites;
    }

    /// <returns>Null after the last code.</returns>
    private static FoldedPart? ReadPart(NpgsqlConnection connection, long siteId, long afterId)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.Add("code_list").With(siteId).With(afterId).With((long)CodesInPart);
        using var row = batch.ExecuteReader();
        var changed = new List<(long Id, string Folded)>();
        var lastId = 0L;
        while (row.Read())
        {
            lastId = row.GetInt64(0);
            var folded = CertificateCode.Fold(row.GetString(1));
            if (folded != row.GetString(2))
                changed.Add((lastId, folded));
        }
        return lastId == 0 ? null : new FoldedPart(lastId, changed);
    }

    private static void Write(NpgsqlConnection connection, long siteId, List<(long Id, string Folded)> changed)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.Add("code_fold").With(siteId).WithColumn(changed, code => code.Id).WithColumn(changed, code => code.Folded);
        batch.ExecuteNonQuery();
    }

    private sealed record FoldedPart(long LastId, List<(long Id, string Folded)> Changed);
}

using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Access;

namespace Scrip.Storage.Postgres;

/// <summary>Rows of sites and tokens.</summary>
internal static class PostgresAccess
{
    /// <summary>The row of <c>access_version</c> that stands for all sites; no site has this id.</summary>
    public const long AllSites = 0;

    public static List<Site> ReadSites(NpgsqlDataReader row)
    {
        var sites = new List<Site>();
        while (row.Read())
        {
            var currency = Currency.FromStored(row.GetString(2));
            sites.Add(new Site(row.GetInt64(0), row.GetString(1), currency, row.GetString(3), PostgresColumns.Instant(row, 4)));
        }
        return sites;
    }

    public static List<ApiToken> ReadTokens(NpgsqlDataReader row)
    {
        var tokens = new List<ApiToken>();
        while (row.Read())
        {
            tokens.Add(new ApiToken(
                row.GetInt64(0), row.GetInt64(1), row.GetString(2), (Scopes)row.GetInt64(3), row.GetFieldValue<byte[]>(4),
                PostgresColumns.Instant(row, 5), PostgresColumns.OptionalInstant(row, 6), PostgresColumns.OptionalInstant(row, 7)));
        }
        return tokens;
    }
}

using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Access;

namespace Scrip.Storage.Postgres;

/// <summary>Statements about sites and tokens.</summary>
internal static class PostgresAccess
{
    /// <summary>The row of <c>access_version</c> for all sites; no site has this id.</summary>
    public const long AllSites = 0;

    public static Site Site(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), Currency.FromStored(row.GetString(2)), row.GetString(3), PostgresColumns.Instant(row, 4));

    public static ApiToken Token(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2), StoredNumbers.ToScopes(row.GetInt64(3)), row.GetFieldValue<byte[]>(4),
        PostgresColumns.Instant(row, 5), PostgresColumns.OptionalInstant(row, 6), PostgresColumns.OptionalInstant(row, 7))
    {
        Retiring = PostgresColumns.OptionalInstant(row, 9) is { } endsAt && !row.IsDBNull(8)
            ? new RetiringSecret(row.GetFieldValue<byte[]>(8), endsAt)
            : null,
    };
}

using Npgsql;
using NpgsqlTypes;
using Scrip.Bench.Certificates;

namespace Scrip.Bench.Databases.Limits.Postgres;

/// <summary>A table of certificates in the shape of the product's.</summary>
internal sealed class PostgresTable(NpgsqlConnection connection)
{
    private const string Schema = """
        create table certificate (
            site_id bigint not null, id bigint not null, code text collate "C" not null, is_active boolean not null,
            value_minor bigint not null, spent bigint not null, held bigint not null, version bigint not null,
            issued_value bigint not null, created_at bigint not null, created_by bigint not null, updated_at bigint not null,
            last_entry_id bigint not null,
            primary key (site_id, id),
            unique (site_id, code),
            check (length(code) between 1 and 255),
            check (value_minor between 0 and 1000000000000000),
            check (spent >= 0 and held >= 0 and spent + held <= value_minor)
        );
        create table entry (
            site_id bigint not null, id bigint generated always as identity, certificate_id bigint not null, amount bigint not null,
            balance_after bigint not null, created_at bigint not null,
            primary key (site_id, id)
        );
        """;

    private int count;

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var create = new NpgsqlCommand(Schema, connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Adds the next certificates in one transaction.</summary>
    public async Task CopyAsync(string[] codes, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy certificate from stdin (format binary)", cancellationToken);
        foreach (var code in codes)
            WriteRow(copy, ++count, code);
        await copy.CompleteAsync(cancellationToken);
    }

    /// <summary>The codes of the next certificates, created before the clock starts, as they are for a server.</summary>
    public string[] NextCodes(int rows) => [.. Enumerable.Range(count + 1, rows).Select(CertificateCodes.Get)];

    private static void WriteRow(NpgsqlBinaryImporter copy, int id, string code)
    {
        var value = FaceValues.Of(id) * 100L;
        copy.StartRow();
        copy.Write(1L, NpgsqlDbType.Bigint);
        copy.Write((long)id, NpgsqlDbType.Bigint);
        copy.Write(code, NpgsqlDbType.Text);
        copy.Write(true, NpgsqlDbType.Boolean);
        copy.Write(value, NpgsqlDbType.Bigint);
        copy.Write(0L, NpgsqlDbType.Bigint);
        copy.Write(0L, NpgsqlDbType.Bigint);
        copy.Write(1L, NpgsqlDbType.Bigint);
        copy.Write(value, NpgsqlDbType.Bigint);
        copy.Write(1L, NpgsqlDbType.Bigint);
        copy.Write(1L, NpgsqlDbType.Bigint);
        copy.Write(1L, NpgsqlDbType.Bigint);
        copy.Write(0L, NpgsqlDbType.Bigint);
    }
}

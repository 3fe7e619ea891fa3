using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Writes many new rows as one stream, which the server inserts while it arrives. For a few rows it would cost more round trips than it
/// saves.
/// </summary>
internal sealed class PostgresCopy(NpgsqlConnection connection, long siteId)
{
    /// <summary>From so many rows on.</summary>
    public const int ManyRows = 2_000;

    public void Certificates(IReadOnlyCollection<Certificate> created)
    {
        using var rows = connection.BeginBinaryImport(PostgresStatements.Text("certificate_copy"));
        foreach (var certificate in created)
        {
            rows.StartRow();
            rows.Write(siteId);
            rows.Write(certificate.Id);
            rows.Write(certificate.Code.Text);
            rows.Write(certificate.Code.Folded);
            rows.Write(certificate.IsActive);
            rows.Write(certificate.FaceValue);
            rows.Write(certificate.Spent);
            rows.Write(certificate.Held);
            rows.Write(certificate.Version);
            rows.Write(certificate.IssuedValue);
            rows.Write(Microseconds.From(certificate.CreatedAt));
            rows.Write(certificate.CreatedBy);
            rows.Write(Microseconds.From(certificate.UpdatedAt));
            Write(rows, certificate.Terms.StartsAt);
            Write(rows, certificate.Terms.ExpiresAt);
            rows.Write(certificate.Terms.SingleUse);
            Write(rows, certificate.Terms.Note);
            rows.Write(certificate.IssuedEntryId);
            rows.Write(certificate.LastEntryId);
        }
        rows.Complete();
    }

    public void Entries(IReadOnlyCollection<Entry> entries)
    {
        using var rows = connection.BeginBinaryImport(PostgresStatements.Text("entry_copy"));
        foreach (var entry in entries)
        {
            rows.StartRow();
            rows.Write(siteId);
            rows.Write(entry.Id);
            rows.Write(entry.CertificateId);
            rows.Write(entry.PreviousId);
            rows.Write(entry.RedemptionId);
            rows.Write((long)entry.Kind);
            rows.Write(entry.Amount);
            rows.Write(entry.BalanceAfter);
            rows.Write(entry.HeldAfter);
            rows.Write(entry.FaceValueAfter);
            Write(rows, entry.Detail);
            rows.Write(entry.Actor);
            rows.Write(Microseconds.From(entry.CreatedAt));
        }
        rows.Complete();
    }

    private static void Write(NpgsqlBinaryImporter rows, DateTimeOffset? instant)
    {
        if (instant is { } known)
            rows.Write(Microseconds.From(known));
        else
            rows.WriteNull();
    }

    private static void Write(NpgsqlBinaryImporter rows, string? text)
    {
        if (text is null)
            rows.WriteNull();
        else
            rows.Write(text);
    }
}

using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Postgres;

/// <summary>
/// Streams the new rows of a large bulk call by COPY, which is faster than an insert from arrays and holds nothing in memory twice. It
/// takes additional round trips, which small groups would not earn back (docs/decisions/0009-copy-for-bulk.md).
/// </summary>
internal sealed class PostgresCopy(NpgsqlConnection connection, PostgresTables tables, long siteId)
{
    /// <summary>
    /// The most rows to insert without COPY. The commands of one group have no more items; anything larger is a single bulk call.
    /// </summary>
    private const int MostRowsToInsert = 1_000;

    public static bool IsWorthwhile<TRow>(IReadOnlyCollection<TRow> rows) => rows.Count > MostRowsToInsert;

    public void Write(IReadOnlyCollection<Certificate> certificates)
    {
        using var copy = connection.BeginBinaryImport(tables.In(PostgresStatements.Text("certificate_copy")));
        foreach (var certificate in certificates)
        {
            copy.StartRow();
            copy.Write(siteId);
            copy.Write(certificate.Id);
            copy.Write(certificate.Code.Text);
            copy.Write(certificate.Code.Folded);
            copy.Write(certificate.IsActive);
            copy.Write(certificate.FaceValue);
            copy.Write(certificate.Spent);
            copy.Write(certificate.Held);
            copy.Write(certificate.Version);
            copy.Write(certificate.IssuedValue);
            copy.Write(Microseconds.From(certificate.CreatedAt));
            copy.Write(certificate.CreatedBy);
            copy.Write(Microseconds.From(certificate.UpdatedAt));
            WriteOptional(copy, certificate.Terms.StartsAt);
            WriteOptional(copy, certificate.Terms.ExpiresAt);
            copy.Write(certificate.Terms.SingleUse);
            WriteOptional(copy, certificate.Terms.Note);
            copy.Write(certificate.IssuedEntryId);
            copy.Write(certificate.LastEntryId);
            copy.Write(certificate.SpentAtRedemptionId);
        }
        copy.Complete();
    }

    public void Write(IReadOnlyCollection<Entry> entries)
    {
        using var copy = connection.BeginBinaryImport(tables.In(PostgresStatements.Text("entry_copy")));
        foreach (var entry in entries)
        {
            copy.StartRow();
            copy.Write(siteId);
            copy.Write(entry.Id);
            copy.Write(entry.CertificateId);
            copy.Write(entry.PreviousId);
            copy.Write(entry.RedemptionId);
            copy.Write((long)entry.Kind);
            copy.Write(entry.Amount);
            copy.Write(entry.BalanceAfter);
            copy.Write(entry.HeldAfter);
            copy.Write(entry.FaceValueAfter);
            WriteOptional(copy, entry.Detail);
            copy.Write(entry.Actor);
            copy.Write(Microseconds.From(entry.CreatedAt));
        }
        copy.Complete();
    }

    private static void WriteOptional(NpgsqlBinaryImporter copy, DateTimeOffset? instant)
    {
        if (instant is { } known)
            copy.Write(Microseconds.From(known));
        else
            copy.WriteNull();
    }

    private static void WriteOptional(NpgsqlBinaryImporter copy, string? text)
    {
        if (text is null)
            copy.WriteNull();
        else
            copy.Write(text);
    }
}

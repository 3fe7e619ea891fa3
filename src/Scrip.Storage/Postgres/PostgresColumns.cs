using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Postgres;

/// <summary>Reads the columns of rows, in the order in which the statements name them.</summary>
internal static class PostgresColumns
{
    public const int MostBytesOfCode = CertificateCode.MaxCharacters * 4;

    /// <summary>Creates a reader for one query. It keeps the code of the current row in its own buffer.</summary>
    public static Func<NpgsqlDataReader, CertificateRow> ListedCertificate()
    {
        var code = new byte[MostBytesOfCode];
        return row => new CertificateRow
        {
            Id = row.GetInt64(0),
            Code = Bytes(row, 1, code),
            IsActive = row.GetBoolean(2),
            FaceValue = row.GetInt64(3),
        };
    }

    /// <summary>Creates a reader for rows with all attributes.</summary>
    public static Func<NpgsqlDataReader, CertificateRow> WholeCertificate()
    {
        var code = new byte[MostBytesOfCode];
        return row => new CertificateRow
        {
            Id = row.GetInt64(0),
            Code = Bytes(row, 1, code),
            IsActive = row.GetBoolean(2),
            FaceValue = row.GetInt64(3),
            Version = row.GetInt64(4),
            Spent = row.GetInt64(5),
            Held = row.GetInt64(6),
            CreatedAt = Instant(row, 7),
            UpdatedAt = Instant(row, 8),
            StartsAt = OptionalInstant(row, 9),
            ExpiresAt = OptionalInstant(row, 10),
            SingleUse = row.GetBoolean(11),
            Note = OptionalText(row, 12),
        };
    }

    /// <summary>Reads rows with all attributes and the batch.</summary>
    public static Func<NpgsqlDataReader, CertificateRow> CertificateOfBatch()
    {
        var whole = WholeCertificate();
        return row => whole(row) with { BatchId = row.IsDBNull(13) ? null : row.GetInt64(13) };
    }

    public static LedgerCounters Counters(NpgsqlDataReader row) => 
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));

    public static Certificate Certificate(NpgsqlDataReader row) => Certificate(row, CertificateCode.FromStored(row.GetString(1)));

    /// <param name="likelyCode">Returned as the code if it matches, which saves an allocation.</param>
    /// <param name="buffer">Receives the bytes of the code; must have <see cref="MostBytesOfCode"/> bytes.</param>
    public static Certificate Certificate(NpgsqlDataReader row, CertificateCode likelyCode, byte[] buffer) =>
        Certificate(row, StoredCodes.Decode(Bytes(row, 1, buffer), likelyCode));

    private static Certificate Certificate(NpgsqlDataReader row, CertificateCode code) => new()
    {
        Id = row.GetInt64(0),
        Code = code,
        IsActive = row.GetBoolean(2),
        FaceValue = row.GetInt64(3),
        IssuedValue = row.GetInt64(4),
        Spent = row.GetInt64(5),
        Held = row.GetInt64(6),
        Version = row.GetInt64(7),
        CreatedAt = Instant(row, 8),
        CreatedBy = row.GetInt64(9),
        UpdatedAt = Instant(row, 10),
        Terms = Terms(row, 11),
        IssuedEntryId = row.GetInt64(15),
        LastEntryId = row.GetInt64(16),
        SpentAtRedemptionId = row.GetInt64(17),
    };

    public static Redemption Redemption(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        CertificateId = row.GetInt64(1),
        Reference = row.GetString(2),
        State = StoredNumbers.ToRedemptionState(row.GetInt64(3)),
        Amount = row.GetInt64(4),
        Captured = row.GetInt64(5),
        Refunded = row.GetInt64(6),
        BalanceAfter = row.GetInt64(7),
        CreatedAt = Instant(row, 8),
        HoldExpiresAt = OptionalInstant(row, 9),
    };

    public static Batch Batch(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Name = OptionalText(row, 1),
        Source = StoredNumbers.ToBatchSource(row.GetInt64(2)),
        FirstCertificateId = row.GetInt64(3),
        Certificates = row.GetInt64(4),
        Units = row.GetInt64(5),
        CreatedAt = Instant(row, 6),
        CreatedBy = row.GetInt64(7),
    };

    public static RedemptionLine ListedRedemption(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), CertificateCode.FromStored(row.GetString(2)), row.GetString(3),
        StoredNumbers.ToRedemptionState(row.GetInt64(4)), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8),
        Instant(row, 9), OptionalInstant(row, 10));

    public static EntryRow ListedEntry(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), StoredNumbers.ToEntryKind(row.GetInt64(3)), row.GetInt64(4), row.GetInt64(5),
        row.GetInt64(6), OptionalText(row, 7), OptionalText(row, 8), row.GetInt64(9), Instant(row, 10));

    public static Entry Entry(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), StoredNumbers.ToEntryKind(row.GetInt64(4)), row.GetInt64(5),
        row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), OptionalText(row, 9), row.GetInt64(10), Instant(row, 11));

    public static DateTimeOffset Instant(NpgsqlDataReader row, int column) => Microseconds.ToInstant(row.GetInt64(column));

    public static DateTimeOffset? OptionalInstant(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Instant(row, column);

    private static string? OptionalText(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static ReadOnlySpan<byte> Bytes(NpgsqlDataReader row, int column, byte[] buffer) =>
        buffer.AsSpan(0, (int)row.GetBytes(column, 0, buffer, 0, buffer.Length));

    private static CertificateTerms Terms(NpgsqlDataReader row, int first)
    {
        var terms = new CertificateTerms
        {
            StartsAt = OptionalInstant(row, first),
            ExpiresAt = OptionalInstant(row, first + 1),
            SingleUse = row.GetBoolean(first + 2),
            Note = OptionalText(row, first + 3),
        };
        return terms == CertificateTerms.Unlimited ? CertificateTerms.Unlimited : terms;
    }
}

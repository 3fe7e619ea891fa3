using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Storage.Sqlite;

/// <summary>Reads the columns of rows, in the order in which the statements name them.</summary>
internal static class SqliteColumns
{
    public static CertificateRow ListedCertificate(SqliteStatement row) => new()
    {
        Id = row.Integer(0),
        Code = row.Bytes(1),
        IsActive = row.Boolean(2),
        FaceValue = row.Integer(3),
    };

    public static CertificateRow WholeCertificate(SqliteStatement row) => new()
    {
        Id = row.Integer(0),
        Code = row.Bytes(1),
        IsActive = row.Boolean(2),
        FaceValue = row.Integer(3),
        Version = row.Integer(4),
        Spent = row.Integer(5),
        Held = row.Integer(6),
        CreatedAt = row.Instant(7),
        UpdatedAt = row.Instant(8),
        StartsAt = row.OptionalInstant(9),
        ExpiresAt = row.OptionalInstant(10),
        SingleUse = row.Boolean(11),
        Note = row.OptionalText(12),
    };

    /// <summary>With all attributes and the batch.</summary>
    public static CertificateRow CertificateOfBatch(SqliteStatement row) =>
        WholeCertificate(row) with { BatchId = row.OptionalInteger(13) };

    public static Certificate Certificate(SqliteStatement row) => Certificate(row, default);

    public static Certificate Certificate(SqliteStatement row, CertificateCode likelyCode) => new()
    {
        Id = row.Integer(0),
        Code = StoredCodes.Decode(row.Bytes(1), likelyCode),
        IsActive = row.Boolean(2),
        FaceValue = row.Integer(3),
        IssuedValue = row.Integer(4),
        Spent = row.Integer(5),
        Held = row.Integer(6),
        Version = row.Integer(7),
        CreatedAt = row.Instant(8),
        CreatedBy = row.Integer(9),
        UpdatedAt = row.Instant(10),
        Terms = Terms(row, 11),
        IssuedEntryId = row.Integer(15),
        LastEntryId = row.Integer(16),
        SpentAtRedemptionId = row.Integer(17),
    };

    public static Redemption Redemption(SqliteStatement row) => new()
    {
        Id = row.Integer(0),
        CertificateId = row.Integer(1),
        Reference = row.Text(2),
        State = StoredNumbers.ToRedemptionState(row.Integer(3)),
        Amount = row.Integer(4),
        Captured = row.Integer(5),
        Refunded = row.Integer(6),
        BalanceAfter = row.Integer(7),
        CreatedAt = row.Instant(8),
        HoldExpiresAt = row.OptionalInstant(9),
    };

    public static Batch Batch(SqliteStatement row) => new()
    {
        Id = row.Integer(0),
        Name = row.OptionalText(1),
        Source = StoredNumbers.ToBatchSource(row.Integer(2)),
        FirstCertificateId = row.Integer(3),
        Certificates = row.Integer(4),
        Units = row.Integer(5),
        CreatedAt = row.Instant(6),
        CreatedBy = row.Integer(7),
    };

    public static RedemptionLine ListedRedemption(SqliteStatement row) => new(
        row.Integer(0), row.Integer(1), CertificateCode.FromStored(row.Text(2)), row.Text(3),
        StoredNumbers.ToRedemptionState(row.Integer(4)), row.Integer(5), row.Integer(6), row.Integer(7), row.Integer(8),
        row.Instant(9), row.OptionalInstant(10));

    public static EntryRow ListedEntry(SqliteStatement row) => new(
        row.Integer(0), row.Integer(1), row.Integer(2), StoredNumbers.ToEntryKind(row.Integer(3)), row.Integer(4), row.Integer(5),
        row.Integer(6), row.OptionalText(7), row.OptionalText(8), row.Integer(9), row.Instant(10));

    public static Entry Entry(SqliteStatement row) => new(
        row.Integer(0), row.Integer(1), row.Integer(2), row.Integer(3), StoredNumbers.ToEntryKind(row.Integer(4)), row.Integer(5),
        row.Integer(6), row.Integer(7), row.Integer(8), row.OptionalText(9), row.Integer(10), row.Instant(11));

    private static CertificateTerms Terms(SqliteStatement row, int first)
    {
        var terms = new CertificateTerms
        {
            StartsAt = row.OptionalInstant(first),
            ExpiresAt = row.OptionalInstant(first + 1),
            SingleUse = row.Boolean(first + 2),
            Note = row.OptionalText(first + 3),
        };
        return terms == CertificateTerms.Unlimited ? CertificateTerms.Unlimited : terms;
    }
}

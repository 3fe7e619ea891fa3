using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;
using Scrip.Ledger.Reports;

namespace Scrip.Storage;

/// <summary>
/// Converts rows to what they mean. Both databases name the columns in the same order, so that a column is added in one place.
/// </summary>
/// <typeparam name="TRow">A structure, so that the code is compiled for each database and calls it directly.</typeparam>
internal static class Columns<TRow>
    where TRow : struct, IStoredColumns
{
    public static CertificateRow ListedCertificate(TRow row) => new()
    {
        Id = row.Integer(0),
        Code = row.Utf8(1),
        IsActive = row.Boolean(2),
        FaceValue = row.Integer(3),
    };

    public static CertificateRow WholeCertificate(TRow row) => new()
    {
        Id = row.Integer(0),
        Code = row.Utf8(1),
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
    public static CertificateRow CertificateOfBatch(TRow row) => WholeCertificate(row) with { BatchId = row.OptionalInteger(13) };

    /// <summary>The columns that the statement of a list has.</summary>
    public static Func<TRow, CertificateRow> Of(CertificateQuery query) =>
        query.WithBatch ? CertificateOfBatch : query.AllAttributes ? WholeCertificate : ListedCertificate;

    public static LedgerCounters Counters(TRow row) => new(row.Integer(0), row.Integer(1), row.Integer(2), row.Integer(3));

    public static Certificate Certificate(TRow row) => Certificate(row, likelyCode: default);

    /// <param name="likelyCode">Returned as the code if it matches, which saves an allocation.</param>
    public static Certificate Certificate(TRow row, CertificateCode likelyCode) => new()
    {
        Id = row.Integer(0),
        Code = StoredCodes.Decode(row.Utf8(1), likelyCode),
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

    public static Redemption Redemption(TRow row) => new()
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

    public static Batch Batch(TRow row) => new()
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

    public static RedemptionLine ListedRedemption(TRow row) => new(
        row.Integer(0), row.Integer(1), CertificateCode.FromStored(row.Text(2)), row.Text(3),
        StoredNumbers.ToRedemptionState(row.Integer(4)), row.Integer(5), row.Integer(6), row.Integer(7), row.Integer(8),
        row.Instant(9), row.OptionalInstant(10));

    public static EntryRow ListedEntry(TRow row) => new(
        row.Integer(0), row.Integer(1), row.Integer(2), StoredNumbers.ToEntryKind(row.Integer(3)), row.Integer(4), row.Integer(5),
        row.Integer(6), row.OptionalText(7), row.OptionalText(8), row.Integer(9), row.Instant(10));

    public static Entry Entry(TRow row) => new(
        row.Integer(0), row.Integer(1), row.Integer(2), row.Integer(3), StoredNumbers.ToEntryKind(row.Integer(4)), row.Integer(5),
        row.Integer(6), row.Integer(7), row.Integer(8), row.OptionalText(9), row.Integer(10), row.Instant(11));

    /// <summary>A folded code; without a code if SQLite's table of codes has a row that no certificate belongs to.</summary>
    public static FoldedCode FoldedCode(TRow row) => new(
        row.Integer(0), row.OptionalText(1) is { } code ? CertificateCode.FromStored(code) : null, row.Text(2));

    public static Site Site(TRow row) =>
        new(row.Integer(0), row.Text(1), Currency.FromStored(row.Text(2)), row.Text(3), row.Instant(4));

    public static ApiToken Token(TRow row) => new(
        row.Integer(0), row.Integer(1), row.Text(2), StoredNumbers.ToScopes(row.Integer(3)), row.Bytes(4), row.Instant(5),
        row.OptionalInstant(6), row.OptionalInstant(7))
    {
        Retiring = row.OptionalInstant(9) is { } endsAt ? new RetiringSecret(row.Bytes(8), endsAt) : null,
    };

    private static CertificateTerms Terms(TRow row, int first)
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

using System.Runtime.InteropServices;

namespace Scrip.Storage.Sqlite;

/// <summary>Listed certificates. Their codes are stored one after another as bytes, without an object for each.</summary>
/// <param name="columns">Reads the columns of the list's statement.</param>
internal sealed class SqliteCertificateBatch(Func<SqliteStatement, CertificateRow> columns) : ISqliteBatch<CertificateRow>
{
    private readonly List<Row> rows = [];
    private readonly List<byte> codes = [];

    public int Count => rows.Count;
    public int Bytes => codes.Count;

    public CertificateRow this[int at]
    {
        get
        {
            ref readonly var row = ref CollectionsMarshal.AsSpan(rows)[at];
            return new CertificateRow
            {
                Id = row.Id,
                Code = CollectionsMarshal.AsSpan(codes)[row.CodeStart..row.CodeEnd],
                IsActive = row.IsActive,
                FaceValue = row.FaceValue,
                Version = row.Version,
                Spent = row.Spent,
                Held = row.Held,
                CreatedAt = row.CreatedAt,
                UpdatedAt = row.UpdatedAt,
                StartsAt = row.StartsAt,
                ExpiresAt = row.ExpiresAt,
                SingleUse = row.SingleUse,
                Note = row.Note,
                BatchId = row.BatchId,
            };
        }
    }

    public void Add(SqliteStatement row)
    {
        var read = columns(row);
        var start = codes.Count;
        codes.AddRange(read.Code);
        rows.Add(new Row(
            read.Id, start, codes.Count, read.IsActive, read.FaceValue, read.Version, read.Spent, read.Held, read.CreatedAt, read.UpdatedAt,
            read.StartsAt, read.ExpiresAt, read.SingleUse, read.Note, read.BatchId));
    }

    public void Clear()
    {
        rows.Clear();
        codes.Clear();
    }

    private readonly record struct Row(
        long Id, int CodeStart, int CodeEnd, bool IsActive, long FaceValue, long Version, long Spent, long Held,
        DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? StartsAt, DateTimeOffset? ExpiresAt, bool SingleUse,
        string? Note, long? BatchId);
}

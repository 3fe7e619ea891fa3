using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Sqlite;

/// <summary>
/// A write: everything its footprint names is read by key, and what the state gathered is written by key, each through one prepared
/// statement. Inside the process that is faster than any set-wise statement; there are no round trips to save.
/// </summary>
internal sealed class SqliteTransaction : ILedgerTransaction
{
    /// <summary>The row of <c>access_version</c> that stands for all sites; no site has this id.</summary>
    public const long AllSites = 0;

    private readonly SqliteSession session;
    private readonly long siteId;
    private readonly Action onBroken;

    public SqliteTransaction(SqliteSession session, long siteId, Footprint footprint, Action onBroken)
    {
        this.session = session;
        this.siteId = siteId;
        this.onBroken = onBroken;
        session.Named("transaction_begin").Run();
        try
        {
            State = new LedgerState(Load(footprint));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public LedgerState State { get; }

    public void Commit()
    {
        UpdateCertificates();
        InsertCertificates();
        InsertEntries();
        SetCounters();
        InsertRecords();
        WriteAccess();
        try
        {
            session.Named("transaction_commit").Run();
        }
        catch (StorageException fault) when (fault.Fault == StorageFault.Unavailable)
        {
            // The write-ahead log may hold the whole transaction although forcing it to the disk failed.
            onBroken();
            throw new StorageException(StorageFault.OutcomeUnknown, "The disk failed while a write was being made durable.", fault);
        }
    }

    public void Dispose()
    {
        if (session.IsIdle)
            return;
        try
        {
            session.Named("transaction_rollback").Run();
        }
        catch (StorageException)
        {
            onBroken();
        }
    }

    internal static (long LastCertificateId, long LastEntryId) ReadCounters(SqliteSession session, long siteId)
    {
        var row = session.Named("counter_get").Bind(1, siteId);
        var last = row.Step() ? (row.Integer(0), row.Integer(1)) : default;
        row.Reset();
        return last;
    }

    internal static AccessContents ReadAccess(SqliteSession session)
    {
        var sites = new List<Site>();
        for (var row = session.Named("access_sites"); row.Step();)
            sites.Add(new Site(row.Integer(0), row.Text(1), Currency.FromStored(row.Text(2)), row.Text(3), row.Instant(4)));
        var tokens = new List<ApiToken>();
        for (var row = session.Named("access_tokens"); row.Step();)
        {
            tokens.Add(new ApiToken(
                row.Integer(0), row.Integer(1), row.Text(2), (Scopes)row.Integer(3), row.Bytes(4).ToArray(),
                row.Instant(5), row.OptionalInstant(6), row.OptionalInstant(7)));
        }
        return new AccessContents(sites, tokens);
    }

    private LedgerContents Load(Footprint footprint)
    {
        var access = footprint.Access ? ReadAccess(session) : new AccessContents([], []);
        var (lastCertificateId, lastEntryId) = ReadCounters(session, siteId);
        return new LedgerContents
        {
            SiteId = siteId,
            LastCertificateId = lastCertificateId,
            LastEntryId = lastEntryId,
            Certificates = LoadCertificates(footprint.CertificateIds),
            Holders = LoadHolders(footprint.Codes),
            Records = LoadRecords(footprint.Keys),
            Sites = access.Sites,
            Tokens = access.Tokens,
        };
    }

    private List<Certificate> LoadCertificates(IReadOnlyCollection<long> ids)
    {
        var certificates = new List<Certificate>(ids.Count);
        var row = session.Named("certificate_load").Bind(1, siteId);
        foreach (var id in ids.Order())
        {
            if (row.Bind(2, id).Step())
            {
                certificates.Add(new Certificate
                {
                    Id = id,
                    Code = CertificateCode.FromStored(row.Text(0)),
                    IsActive = row.Boolean(1),
                    FaceValue = row.Integer(2),
                    IssuedValue = row.Integer(3),
                    Spent = row.Integer(4),
                    Held = row.Integer(5),
                    Version = row.Integer(6),
                    CreatedAt = row.Instant(7),
                    CreatedBy = row.Integer(8),
                    UpdatedAt = row.Instant(9),
                    LastEntryId = row.Integer(10),
                });
            }
            row.Reset();
        }
        return certificates;
    }

    private Dictionary<CertificateCode, long> LoadHolders(IReadOnlyCollection<CertificateCode> codes)
    {
        var holders = new Dictionary<CertificateCode, long>();
        var row = session.Named("certificate_holder").Bind(1, siteId);
        foreach (var code in codes)
        {
            if (row.Bind(2, code.Text).Step())
                holders.Add(code, row.Integer(0));
            row.Reset();
        }
        return holders;
    }

    private List<IdempotencyRecord> LoadRecords(IReadOnlyCollection<(long Actor, IdempotencyKey Key)> keys)
    {
        var records = new List<IdempotencyRecord>();
        var row = session.Named("idempotency_record_get").Bind(1, siteId);
        foreach (var (actor, key) in keys)
        {
            if (row.Bind(2, actor).Bind(3, key.Text).Step())
                records.Add(new IdempotencyRecord(actor, key, row.Bytes(0).ToArray(), row.Bytes(1).ToArray(), row.Text(2), row.Instant(3)));
            row.Reset();
        }
        return records;
    }

    private void UpdateCertificates()
    {
        var updated = State.Updated;
        if (updated.Count == 0)
            return;
        ParkWantedCodes(updated);
        var keepCode = session.Named("certificate_update").Bind(1, siteId);
        var changeCode = session.Named("certificate_update_code").Bind(1, siteId);
        foreach (var (before, after) in updated)
        {
            var update = keepCode;
            if (after.Code != before.Code)
                update = changeCode.Bind(10, after.Code.Text);
            update.Bind(2, after.Id).Bind(3, after.IsActive).Bind(4, after.FaceValue).Bind(5, after.Spent).Bind(6, after.Held)
                .Bind(7, after.Version).Bind(8, after.UpdatedAt).Bind(9, after.LastEntryId)
                .Run();
        }
    }

    /// <summary>
    /// SQLite checks a unique key row by row. A code that one certificate gives up and another takes in the same transaction is therefore
    /// freed first: certificates swap their codes, or pass them round, in any order.
    /// </summary>
    private void ParkWantedCodes(IReadOnlyList<(Certificate Before, Certificate After)> updated)
    {
        var wanted = updated.Where(pair => pair.After.Code != pair.Before.Code).Select(pair => pair.After.Code).ToHashSet();
        if (wanted.Count == 0)
            return;
        var park = session.Named("certificate_park").Bind(1, siteId);
        foreach (var (before, after) in updated)
        {
            if (after.Code != before.Code && wanted.Contains(before.Code))
                park.Bind(2, before.Id).Run();
        }
    }

    private void InsertCertificates()
    {
        var insert = session.Named("certificate_insert").Bind(1, siteId);
        foreach (var certificate in State.Created)
        {
            insert.Bind(2, certificate.Id).Bind(3, certificate.Code.Text).Bind(4, certificate.IsActive).Bind(5, certificate.FaceValue)
                .Bind(6, certificate.Spent).Bind(7, certificate.Held).Bind(8, certificate.Version).Bind(9, certificate.IssuedValue)
                .Bind(10, certificate.CreatedAt).Bind(11, certificate.CreatedBy).Bind(12, certificate.UpdatedAt)
                .Bind(13, certificate.LastEntryId)
                .Run();
        }
    }

    private void InsertEntries()
    {
        var insert = session.Named("entry_insert").Bind(1, siteId);
        foreach (var entry in State.Entries)
        {
            insert.Bind(2, entry.Id).Bind(3, entry.CertificateId).Bind(4, entry.PreviousId).Bind(5, (long)entry.Kind).Bind(6, entry.Amount)
                .Bind(7, entry.BalanceAfter).Bind(8, entry.FaceValueAfter).Bind(9, entry.CodeBefore?.Text).Bind(10, entry.CodeAfter?.Text)
                .Bind(11, entry.Actor).Bind(12, entry.CreatedAt)
                .Run();
        }
    }

    private void SetCounters()
    {
        if (State.HasNumbered)
            session.Named("counter_set").Bind(1, siteId).Bind(2, State.LastCertificateId).Bind(3, State.LastEntryId).Run();
    }

    private void InsertRecords()
    {
        var insert = session.Named("idempotency_record_insert").Bind(1, siteId);
        foreach (var record in State.NewRecords)
        {
            insert.Bind(2, record.Actor).Bind(3, record.Key.Text).Bind(4, record.Fingerprint).Bind(5, record.Receipt)
                .Bind(6, record.TraceId).Bind(7, record.CreatedAt)
                .Run();
        }
    }

    private void WriteAccess()
    {
        foreach (var site in State.NewSites)
        {
            session.Named("site_insert")
                .Bind(1, site.Id).Bind(2, site.Name).Bind(3, site.Currency.Code).Bind(4, site.TimeZone).Bind(5, site.CreatedAt)
                .Run();
        }
        foreach (var token in State.NewTokens)
        {
            session.Named("api_token_insert")
                .Bind(1, token.SiteId).Bind(2, token.Id).Bind(3, token.Name).Bind(4, (long)token.Scopes).Bind(5, token.Hash)
                .Bind(6, token.CreatedAt).Bind(7, token.ExpiresAt)
                .Run();
        }
        foreach (var token in State.RevokedTokens)
            session.Named("api_token_revoke").Bind(1, token.SiteId).Bind(2, token.Id).Bind(3, token.RevokedAt).Run();
        if (State.NewSites.Count + State.NewTokens.Count + State.RevokedTokens.Count > 0)
            session.Named("access_version_bump").Bind(1, AllSites).Run();
    }
}

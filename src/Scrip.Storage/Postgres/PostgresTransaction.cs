using Npgsql;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Storage.Postgres;

/// <summary>
/// A write in two round trips: begin, lock and load; write and commit. It begins with the lock on the site's counter row, so that no other
/// writer of the site, on whatever server, is between its own load and commit meanwhile: what was loaded holds until the commit.
/// </summary>
internal sealed class PostgresTransaction : ILedgerTransaction
{
    private readonly PostgresWriter writer;
    private readonly NpgsqlConnection connection;
    private readonly long siteId;
    private bool isOpen;

    public PostgresTransaction(PostgresWriter writer, long siteId, Footprint footprint)
    {
        this.writer = writer;
        this.siteId = siteId;
        connection = writer.Connect();
        try
        {
            State = new LedgerState(Load(footprint) ?? LoadInNewSite(footprint));
        }
        catch (NpgsqlException error)
        {
            writer.Abandon();
            throw PostgresFaults.Of(error, committing: false) ?? (Exception)error;
        }
    }

    public LedgerState State { get; }

    public void Commit()
    {
        using var batch = new NpgsqlBatch(connection);
        AddUpdates(batch);
        AddInserts(batch);
        AddAccess(batch);
        batch.Add("transaction_commit");
        isOpen = false;
        try
        {
            batch.ExecuteNonQuery();
        }
        catch (NpgsqlException error)
        {
            writer.Abandon();
            throw PostgresFaults.Of(error, committing: true) ?? (Exception)error;
        }
    }

    public void Dispose()
    {
        if (!isOpen)
            return;
        isOpen = false;
        try
        {
            using var rollback = new NpgsqlCommand(PostgresStatements.Text("transaction_rollback"), connection);
            rollback.ExecuteNonQuery();
        }
        catch (NpgsqlException)
        {
            // A transaction whose connection is gone is rolled back by the server.
            writer.Abandon();
        }
    }

    /// <summary>The first write of a site makes its counter row: nobody can lock a row that is not there.</summary>
    private LedgerContents LoadInNewSite(Footprint footprint)
    {
        Dispose();
        using var add = new NpgsqlBatch(connection);
        add.Add("counter_add").With(siteId);
        add.ExecuteNonQuery();
        return Load(footprint) ?? throw new InvalidOperationException("The counter row that was just made is not there.");
    }

    private LedgerContents? Load(Footprint footprint)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.Add("transaction_begin");
        batch.Add("counter_lock").With(siteId);
        batch.Add("certificate_load").With(siteId).With(footprint.CertificateIds.ToArray());
        batch.Add("certificate_holder").With(siteId).WithColumn(footprint.Codes, code => code.Text);
        batch.Add("idempotency_record_get").With(siteId)
            .WithColumn(footprint.Keys, key => key.Actor).WithColumn(footprint.Keys, key => key.Key.Text);
        if (footprint.Access)
        {
            // A second lock, always after the first: an administrator of one site may give another site a token.
            batch.Add("access_version_lock").With(PostgresAccess.AllSites);
            batch.Add("access_sites");
            batch.Add("access_tokens");
        }
        isOpen = true;
        using var reader = batch.ExecuteReader();
        if (!reader.Read())
            return null;
        var contents = new LedgerContents
        {
            SiteId = siteId,
            LastCertificateId = reader.GetInt64(0),
            LastEntryId = reader.GetInt64(1),
            Certificates = ReadCertificates(Next(reader)),
            Holders = ReadHolders(Next(reader)),
            Records = ReadRecords(Next(reader)),
        };
        if (!footprint.Access)
            return contents;
        Next(reader);
        var sites = PostgresAccess.ReadSites(Next(reader));
        return contents with { Sites = sites, Tokens = PostgresAccess.ReadTokens(Next(reader)) };
    }

    private static NpgsqlDataReader Next(NpgsqlDataReader reader)
    {
        reader.NextResult();
        return reader;
    }

    private static List<Certificate> ReadCertificates(NpgsqlDataReader row)
    {
        var certificates = new List<Certificate>();
        while (row.Read())
        {
            certificates.Add(new Certificate
            {
                Id = row.GetInt64(0),
                Code = CertificateCode.FromStored(row.GetString(1)),
                IsActive = row.GetBoolean(2),
                FaceValue = row.GetInt64(3),
                IssuedValue = row.GetInt64(4),
                Spent = row.GetInt64(5),
                Held = row.GetInt64(6),
                Version = row.GetInt64(7),
                CreatedAt = Microseconds.ToInstant(row.GetInt64(8)),
                CreatedBy = row.GetInt64(9),
                UpdatedAt = Microseconds.ToInstant(row.GetInt64(10)),
                LastEntryId = row.GetInt64(11),
            });
        }
        return certificates;
    }

    private static Dictionary<CertificateCode, long> ReadHolders(NpgsqlDataReader row)
    {
        var holders = new Dictionary<CertificateCode, long>();
        while (row.Read())
            holders.Add(CertificateCode.FromStored(row.GetString(1)), row.GetInt64(0));
        return holders;
    }

    private static List<IdempotencyRecord> ReadRecords(NpgsqlDataReader row)
    {
        var records = new List<IdempotencyRecord>();
        while (row.Read())
        {
            records.Add(new IdempotencyRecord(
                row.GetInt64(0), IdempotencyKey.FromStored(row.GetString(1)), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3),
                row.GetString(4), Microseconds.ToInstant(row.GetInt64(5))));
        }
        return records;
    }

    private void AddUpdates(NpgsqlBatch batch)
    {
        var updated = State.Updated;
        if (updated.Count == 0)
            return;
        var renamed = updated.Where(pair => pair.After.Code != pair.Before.Code).ToList();
        // PostgreSQL checks a unique key row by row. A code that one certificate gives up and another takes in the same transaction is
        // therefore freed first: certificates swap their codes, or pass them round, in any order.
        var wanted = renamed.Select(pair => pair.After.Code).ToHashSet();
        var parked = renamed.Where(pair => wanted.Contains(pair.Before.Code)).ToList();
        if (parked.Count > 0)
            batch.Add("certificate_park").With(siteId).WithColumn(parked, pair => pair.Before.Id);
        if (renamed.Count > 0)
        {
            WithState(batch.Add("certificate_update_code"), [.. renamed.Select(pair => pair.After)])
                .WithColumn(renamed, pair => pair.After.Code.Text);
        }
        if (renamed.Count < updated.Count)
        {
            var kept = updated.Where(pair => pair.After.Code == pair.Before.Code).Select(pair => pair.After);
            WithState(batch.Add("certificate_update"), [.. kept]);
        }
    }

    private NpgsqlBatchCommand WithState(NpgsqlBatchCommand update, IReadOnlyCollection<Certificate> certificates) => update
        .With(siteId)
        .WithColumn(certificates, certificate => certificate.Id)
        .WithColumn(certificates, certificate => certificate.IsActive)
        .WithColumn(certificates, certificate => certificate.FaceValue)
        .WithColumn(certificates, certificate => certificate.Spent)
        .WithColumn(certificates, certificate => certificate.Held)
        .WithColumn(certificates, certificate => certificate.Version)
        .WithColumn(certificates, certificate => Microseconds.From(certificate.UpdatedAt))
        .WithColumn(certificates, certificate => certificate.LastEntryId);

    private void AddInserts(NpgsqlBatch batch)
    {
        if (State.Created is { Count: > 0 } created)
        {
            batch.Add("certificate_insert").With(siteId)
                .WithColumn(created, certificate => certificate.Id)
                .WithColumn(created, certificate => certificate.Code.Text)
                .WithColumn(created, certificate => certificate.IsActive)
                .WithColumn(created, certificate => certificate.FaceValue)
                .WithColumn(created, certificate => certificate.Spent)
                .WithColumn(created, certificate => certificate.Held)
                .WithColumn(created, certificate => certificate.Version)
                .WithColumn(created, certificate => certificate.IssuedValue)
                .WithColumn(created, certificate => Microseconds.From(certificate.CreatedAt))
                .WithColumn(created, certificate => certificate.CreatedBy)
                .WithColumn(created, certificate => Microseconds.From(certificate.UpdatedAt))
                .WithColumn(created, certificate => certificate.LastEntryId);
        }
        if (State.Entries is { Count: > 0 } entries)
        {
            batch.Add("entry_insert").With(siteId)
                .WithColumn(entries, entry => entry.Id)
                .WithColumn(entries, entry => entry.CertificateId)
                .WithColumn(entries, entry => entry.PreviousId)
                .WithColumn(entries, entry => (long)entry.Kind)
                .WithColumn(entries, entry => entry.Amount)
                .WithColumn(entries, entry => entry.BalanceAfter)
                .WithColumn(entries, entry => entry.FaceValueAfter)
                .WithColumn(entries, entry => entry.CodeBefore?.Text)
                .WithColumn(entries, entry => entry.CodeAfter?.Text)
                .WithColumn(entries, entry => entry.Actor)
                .WithColumn(entries, entry => Microseconds.From(entry.CreatedAt));
        }
        if (State.Created.Count + State.Entries.Count > 0)
            batch.Add("counter_set").With(siteId).With(State.LastCertificateId).With(State.LastEntryId);
        if (State.NewRecords is { Count: > 0 } records)
        {
            batch.Add("idempotency_record_insert").With(siteId)
                .WithColumn(records, record => record.Actor)
                .WithColumn(records, record => record.Key.Text)
                .WithColumn(records, record => record.Fingerprint.ToArray())
                .WithColumn(records, record => record.Receipt.ToArray())
                .WithColumn(records, record => record.TraceId)
                .WithColumn(records, record => Microseconds.From(record.CreatedAt));
        }
    }

    private void AddAccess(NpgsqlBatch batch)
    {
        foreach (var site in State.NewSites)
            batch.Add("site_insert").With(site.Id).With(site.Name).With(site.Currency.Code).With(site.TimeZone).With(site.CreatedAt);
        foreach (var token in State.NewTokens)
        {
            batch.Add("api_token_insert")
                .With(token.SiteId).With(token.Id).With(token.Name).With((long)token.Scopes).With(token.Hash.ToArray())
                .With(token.CreatedAt).With(token.ExpiresAt is { } expiry ? Microseconds.From(expiry) : (long?)null);
        }
        foreach (var token in State.RevokedTokens)
            batch.Add("api_token_revoke").With(token.SiteId).With(token.Id).With(token.RevokedAt!.Value);
        if (State.NewSites.Count + State.NewTokens.Count + State.RevokedTokens.Count > 0)
            batch.Add("access_version_bump").With(PostgresAccess.AllSites);
    }
}

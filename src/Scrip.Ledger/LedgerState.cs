using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>
/// What one transaction knows of one site: the certificates, codes and keys of its <see cref="Footprint"/>, as the store held them and as
/// the commands decided so far have left them, and what is to be written at the end.
/// </summary>
public sealed class LedgerState
{
    private readonly Dictionary<long, Certificate> certificates;
    private readonly Dictionary<CertificateCode, long> holders;
    private readonly Dictionary<(long Actor, IdempotencyKey Key), IdempotencyRecord> records;
    private readonly Dictionary<long, Certificate> stored = [];
    private readonly Dictionary<long, Certificate> created = [];
    private readonly List<IReadOnlyList<Entry>> journal = [];
    private readonly List<IdempotencyRecord> newRecords = [];
    private readonly List<Site> sites;
    private readonly List<ApiToken> tokens;

    public LedgerState(LedgerContents contents)
    {
        SiteId = contents.SiteId;
        LastCertificateId = contents.LastCertificateId;
        LastEntryId = contents.LastEntryId;
        certificates = contents.Certificates.ToDictionary(certificate => certificate.Id);
        holders = new(contents.Holders);
        records = contents.Records.ToDictionary(record => (record.Actor, record.Key));
        sites = [.. contents.Sites];
        tokens = [.. contents.Tokens];
    }

    public long SiteId { get; }

    /// <summary>The highest id in use; the next certificate of the site gets the one after it.</summary>
    public long LastCertificateId { get; private set; }

    /// <summary>The id of the site's last journal entry.</summary>
    public long LastEntryId { get; private set; }

    public IReadOnlyList<Site> Sites => sites;
    public IReadOnlyList<ApiToken> Tokens => tokens;

    /// <summary>New certificates in the order of their ids.</summary>
    public IReadOnlyCollection<Certificate> Created => created.Values;

    /// <summary>Stored certificates that change, as they were and as they are to be.</summary>
    public IReadOnlyList<(Certificate Before, Certificate After)> Updated =>
        [.. stored.Values.Select(before => (before, certificates[before.Id])).OrderBy(pair => pair.before.Id)];

    /// <summary>New lines of the journal in the order of their ids.</summary>
    public IReadOnlyList<Entry> Entries => journal is [var only] ? only : [.. journal.SelectMany(entries => entries)];
    public IReadOnlyList<IdempotencyRecord> NewRecords => newRecords;
    public IReadOnlyList<Site> NewSites { get; private set; } = [];
    public IReadOnlyList<ApiToken> NewTokens { get; private set; } = [];
    public IReadOnlyList<ApiToken> RevokedTokens { get; private set; } = [];

    /// <summary>Whether the site's counters have moved.</summary>
    public bool HasNumbered => created.Count + journal.Count > 0;

    public bool HasChanges =>
        created.Count + stored.Count + journal.Count + newRecords.Count + NewSites.Count + NewTokens.Count + RevokedTokens.Count > 0;

    public Certificate? Find(long id) => certificates.GetValueOrDefault(id) ?? created.GetValueOrDefault(id);

    /// <summary>Which certificate of the site has this code now; null when it is free.</summary>
    public long? HolderOf(CertificateCode code) => holders.TryGetValue(code, out var id) ? id : null;

    public IdempotencyRecord? Recall(long actor, IdempotencyKey key) => records.GetValueOrDefault((actor, key));

    public void Remember(IdempotencyRecord record)
    {
        records.Add((record.Actor, record.Key), record);
        newRecords.Add(record);
    }

    public void Apply(Changes changes)
    {
        created.EnsureCapacity(created.Count + changes.Created.Count);
        holders.EnsureCapacity(holders.Count + changes.Created.Count);
        foreach (var certificate in changes.Created)
        {
            created.Add(certificate.Id, certificate);
            holders.Add(certificate.Code, certificate.Id);
            LastCertificateId = certificate.Id;
        }
        Update(changes.Updated);
        if (changes.Entries is [.., var last])
        {
            journal.Add(changes.Entries);
            LastEntryId = last.Id;
        }
        if (changes.NewSite is { } site)
        {
            sites.Add(site);
            NewSites = [.. NewSites, site];
        }
        if (changes.NewToken is { } token)
        {
            tokens.Add(token);
            NewTokens = [.. NewTokens, token];
        }
        if (changes.RevokedToken is { } revoked)
        {
            tokens[tokens.FindIndex(known => known.SiteId == revoked.SiteId && known.Id == revoked.Id)] = revoked;
            RevokedTokens = [.. RevokedTokens, revoked];
        }
    }

    /// <summary>All codes are given up before any is taken, so that certificates can swap theirs.</summary>
    private void Update(IReadOnlyList<Certificate> updated)
    {
        foreach (var certificate in updated)
        {
            var code = Find(certificate.Id)!.Code;
            if (code != certificate.Code)
                holders.Remove(code);
        }
        stored.EnsureCapacity(stored.Count + updated.Count);
        holders.EnsureCapacity(holders.Count + updated.Count);
        foreach (var certificate in updated)
        {
            holders[certificate.Code] = certificate.Id;
            if (created.ContainsKey(certificate.Id))
            {
                created[certificate.Id] = certificate;
                continue;
            }
            stored.TryAdd(certificate.Id, certificates[certificate.Id]);
            certificates[certificate.Id] = certificate;
        }
    }
}

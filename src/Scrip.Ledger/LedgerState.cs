using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Redemptions;

namespace Scrip.Ledger;

/// <summary>
/// What one transaction knows of one site: the certificates, codes, redemptions and keys of its <see cref="Footprint"/>, as loaded from the
/// store and changed by the commands decided so far, and what to write at the end.
/// </summary>
public sealed class LedgerState
{
    private readonly Dictionary<CertificateCode, long> holders;

    /// <summary>How many of the new certificates have been added to <see cref="holders"/>.</summary>
    private int notedCodes;

    private readonly Dictionary<(long Actor, IdempotencyKey Key), IdempotencyRecord> records;
    private readonly Versions<Certificate> certificates;
    private readonly Versions<Redemption> redemptions;
    private readonly Versions<Batch> batches;
    private readonly List<IReadOnlyList<Entry>> journal = [];
    private readonly List<IdempotencyRecord> newRecords = [];
    private readonly List<Site> sites;
    private readonly List<ApiToken> tokens;

    /// <summary>Built on the first payment by code, since most groups have none; discarded when a code changes.</summary>
    private ILookup<string, long>? idsByFoldedCode;
    private readonly Dictionary<(long CertificateId, string Reference), long> liveReferences = [];

    public LedgerState(LedgerContents contents)
    {
        SiteId = contents.SiteId;
        HasMoreOverdueHolds = contents.HasMoreOverdueHolds;
        LastEntryId = contents.LastEntryId;
        certificates = new Versions<Certificate>(certificate => certificate.Id, contents.LastCertificateId, contents.Certificates);
        redemptions = new Versions<Redemption>(redemption => redemption.Id, contents.LastRedemptionId, contents.Redemptions);
        batches = new Versions<Batch>(batch => batch.Id, contents.LastBatchId, contents.Batches);
        holders = contents.Holders;
        records = contents.Records.ToDictionary(record => (record.Actor, record.Key));
        sites = [.. contents.Sites];
        tokens = [.. contents.Tokens];
        foreach (var redemption in redemptions.All)
            NoteReference(redemption);
    }

    public long SiteId { get; }

    /// <summary>The highest certificate id in use. The site's next certificate gets the id after it.</summary>
    public long LastCertificateId => certificates.LastId;

    /// <summary>The highest redemption id in use.</summary>
    public long LastRedemptionId => redemptions.LastId;

    /// <summary>The highest id of a batch in use.</summary>
    public long LastBatchId => batches.LastId;

    /// <summary>The id of the site's last journal entry.</summary>
    public long LastEntryId { get; private set; }

    /// <summary>The latest date among the new entries and issues; the Unix epoch without any.</summary>
    public DateTimeOffset NewestEntryAt { get; private set; } = DateTimeOffset.UnixEpoch;

    public IReadOnlyList<Site> Sites => sites;
    public IReadOnlyList<ApiToken> Tokens => tokens;

    /// <summary>The open holds among the loaded redemptions, including overdue ones.</summary>
    public IEnumerable<Redemption> OpenHolds => redemptions.All.Where(redemption => redemption.State == RedemptionState.Held);

    /// <summary>Whether the site may have more overdue holds than were loaded.</summary>
    public bool HasMoreOverdueHolds { get; }

    /// <summary>New certificates in the order of their ids.</summary>
    public IReadOnlyList<Certificate> Created => certificates.Created;

    /// <summary>Stored certificates that change, before and after, in the order of their ids.</summary>
    public IReadOnlyList<(Certificate Before, Certificate After)> Updated => certificates.Updated;

    /// <summary>New redemptions in the order of their ids.</summary>
    public IReadOnlyCollection<Redemption> CreatedRedemptions => redemptions.Created;
    public IReadOnlyList<(Redemption Before, Redemption After)> UpdatedRedemptions => redemptions.Updated;

    /// <summary>New batches in the order of their ids.</summary>
    public IReadOnlyList<Batch> CreatedBatches => batches.Created;
    public IReadOnlyList<(Batch Before, Batch After)> UpdatedBatches => batches.Updated;

    /// <summary>New journal entries in the order of their ids.</summary>
    public IReadOnlyList<Entry> Entries => journal is [var only] ? only : [.. journal.SelectMany(entries => entries)];
    public IReadOnlyList<IdempotencyRecord> NewRecords => newRecords;
    public IReadOnlyList<Site> NewSites { get; private set; } = [];
    public IReadOnlyList<ApiToken> NewTokens { get; private set; } = [];
    public IReadOnlyList<ApiToken> UpdatedTokens { get; private set; } = [];

    /// <summary>Whether the site's counters have moved.</summary>
    public bool HasNumbered => certificates.HasCreated || redemptions.HasCreated || batches.HasCreated || journal.Count > 0;

    public bool HasChanges =>
        HasNumbered || certificates.HasUpdated || redemptions.HasUpdated || batches.HasUpdated
        || newRecords.Count + NewSites.Count + NewTokens.Count + UpdatedTokens.Count > 0;

    public Certificate? Find(long id) => certificates.Find(id);

    public Redemption? FindRedemption(long id) => redemptions.Find(id);

    public Batch? FindBatch(long id) => batches.Find(id);

    /// <summary>
    /// Finds the certificate that the code of a payment means: the one with exactly this code, otherwise the only one with the same folded
    /// form.
    /// </summary>
    public Certificate? FindByCode(CertificateCode code) => CodeMatch.Choose(Like(code).ToList(), candidate => candidate.Code, code);

    /// <summary>
    /// The certificate that has just this code; otherwise the first one, by its id, whose code folds to the same, if there is one. A code
    /// that folds to nothing is like no other.
    /// </summary>
    public Certificate? FindLike(CertificateCode code)
    {
        Certificate? like = null;
        foreach (var candidate in code.Folded.Length > 0 ? Like(code) : [])
        {
            if (candidate.Code == code)
                return candidate;
            if (like is null || candidate.Id < like.Id)
                like = candidate;
        }
        return like;
    }

    /// <summary>The live redemption of a certificate with this reference; null if the reference is free.</summary>
    public Redemption? FindLive(long certificateId, string reference) =>
        liveReferences.TryGetValue((certificateId, reference), out var id) && FindRedemption(id) is { IsLive: true } live ? live : null;

    /// <summary>The certificate of the site that has this code now; null if the code is free.</summary>
    public long? HolderOf(CertificateCode code)
    {
        NoteCreatedCodes();
        return holders.TryGetValue(code, out var id) ? id : null;
    }

    public IdempotencyRecord? Recall(long actor, IdempotencyKey key) => records.GetValueOrDefault((actor, key));

    public void Remember(IdempotencyRecord record)
    {
        records.Add((record.Actor, record.Key), record);
        newRecords.Add(record);
    }

    /// <summary>Applies a decision: the next decision sees it, and the commit writes it.</summary>
    public void Record(Changes changes)
    {
        Create(changes.Created);
        Update(changes.Updated);
        if (changes.NewRedemption is { } redemption)
        {
            redemptions.Create(redemption);
            NoteReference(redemption);
        }
        foreach (var changed in changes.UpdatedRedemptions)
            redemptions.Update(changed);
        if (changes.NewBatch is { } batch)
            batches.Create(batch);
        if (changes.UpdatedBatch is { } renamed)
            batches.Update(renamed);
        if (changes.Entries is [.., var last])
        {
            journal.Add(changes.Entries);
            NoteLast(last.Id, last.CreatedAt);
        }
        RecordAccess(changes);
    }

    private IEnumerable<Certificate> Like(CertificateCode code)
    {
        idsByFoldedCode ??= certificates.All.ToLookup(certificate => certificate.Code.Folded, certificate => certificate.Id);
        return idsByFoldedCode[code.Folded].Select(id => Find(id)!);
    }

    private void Create(IReadOnlyList<Certificate> created)
    {
        if (created.Count == 0)
            return;
        certificates.EnsureCapacity(created.Count);
        foreach (var certificate in created)
            certificates.Create(certificate);
        NoteLast(created[^1].IssuedEntryId, created[^1].CreatedAt);
        idsByFoldedCode = null;
    }

    /// <summary>Notes the last entry of a decision. The entries of one decision are in the order of their dates.</summary>
    private void NoteLast(long entryId, DateTimeOffset createdAt)
    {
        LastEntryId = entryId;
        NewestEntryAt = createdAt > NewestEntryAt ? createdAt : NewestEntryAt;
    }

    /// <summary>
    /// Adds the codes of new certificates to the holders. It runs on demand, because usually nobody asks after a bulk call.
    /// </summary>
    private void NoteCreatedCodes()
    {
        for (; notedCodes < certificates.Created.Count; notedCodes++)
            holders.Add(certificates.Created[notedCodes].Code, certificates.Created[notedCodes].Id);
    }

    /// <summary>Replaces certificates. All codes are given up before any is taken, so that certificates can swap theirs.</summary>
    private void Update(IReadOnlyList<Certificate> updated)
    {
        var renamed = updated.Where(certificate => Find(certificate.Id)!.Code != certificate.Code).ToList();
        if (renamed.Count > 0)
            NoteCreatedCodes();
        foreach (var certificate in renamed)
            holders.Remove(Find(certificate.Id)!.Code);
        foreach (var certificate in renamed)
            holders[certificate.Code] = certificate.Id;
        foreach (var certificate in updated)
            certificates.Update(certificate);
        if (renamed.Count > 0)
            idsByFoldedCode = null;
    }

    private void NoteReference(Redemption redemption)
    {
        if (redemption.IsLive)
            liveReferences[(redemption.CertificateId, redemption.Reference)] = redemption.Id;
    }

    private void RecordAccess(Changes changes)
    {
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
        if (changes.UpdatedToken is { } updated)
        {
            tokens[tokens.FindIndex(known => known.SiteId == updated.SiteId && known.Id == updated.Id)] = updated;
            UpdatedTokens = [.. UpdatedTokens, updated];
        }
    }
}

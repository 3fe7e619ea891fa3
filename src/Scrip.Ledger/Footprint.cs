using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>What a group of commands of one site will look at. The store loads and locks just this.</summary>
public sealed class Footprint
{
    /// <summary>With the code that the first change is to give it; none where nothing changes it.</summary>
    private readonly Dictionary<long, CertificateCode> certificates = [];

    /// <summary>Besides those, the codes of further changes.</summary>
    private readonly HashSet<CertificateCode> codes = [];
    private readonly List<IReadOnlyList<NewCertificate>> issues = [];
    private readonly HashSet<(long Actor, IdempotencyKey Key)> keys = [];
    private readonly HashSet<long> redemptionIds = [];
    private readonly HashSet<string> paymentCodes = [];
    private readonly HashSet<(string FoldedCode, string Reference)> paymentsByCode = [];
    private readonly HashSet<(long CertificateId, string Reference)> paymentsById = [];
    private readonly List<IReadOnlyList<CertificateChange>> changes = [];

    public IReadOnlyCollection<long> CertificateIds => certificates.Keys;

    /// <summary>Whose holders are wanted, where nothing is known of any certificate.</summary>
    public IReadOnlyCollection<CertificateCode> Codes => CodesWith(certificates.Values.Where(code => code != default));

    public IReadOnlyCollection<(long Actor, IdempotencyKey Key)> Keys => MayPresume ? [] : keys;

    /// <summary>Redemptions that are wanted with their certificates.</summary>
    public IReadOnlyCollection<long> RedemptionIds => redemptionIds;

    /// <summary>The folded codes of payments and imports: all certificates that they may mean are wanted.</summary>
    public IReadOnlyCollection<string> PaymentCodes => paymentCodes;

    /// <summary>Payments by these codes, whose live redemption with that reference is wanted if there is one.</summary>
    public IReadOnlyCollection<(string FoldedCode, string Reference)> PaymentsByCode => PresumesReferencesNew ? [] : paymentsByCode;

    /// <summary>
    /// Payments of certificates that <see cref="CertificateIds"/> names, whose live redemption with that reference is wanted: those that
    /// payments name, and those that are to have a code by then which a payment of the group means. No look-up by code finds the latter
    /// yet.
    /// </summary>
    public IReadOnlyCollection<(long CertificateId, string Reference)> PaymentsById =>
        PresumesReferencesNew ? []
        : changes.Count == 0 || paymentsByCode.Count == 0 ? paymentsById
        : [.. paymentsById.Union(PaymentsWithComingCodes())];

    /// <summary>
    /// Idempotency keys, references of payments and codes of new certificates are taken for new and not looked up. Nearly always they are.
    /// Where one is not, its unique key refuses what was decided to be written, and with it the transaction. A decision that writes nothing
    /// has no such check: it holds only where everything was looked up.
    /// </summary>
    public bool PresumesNew { get; init; }

    /// <summary>Something was presumed.</summary>
    public bool HasPresumed =>
        (MayPresume && keys.Count > 0) || (PresumesReferencesNew && paymentsByCode.Count + paymentsById.Count > 0)
        || (PresumesCodesNew && issues.Count > 0);

    /// <summary>Changes of sites and tokens are rare: a look-up more costs less than a transaction that is refused.</summary>
    private bool MayPresume => PresumesNew && !Access;

    /// <summary>A unique key knows how things stand at the end: not that the reference was to be released only after the payment.</summary>
    private bool PresumesReferencesNew => MayPresume && redemptionIds.Count == 0;

    /// <summary>Nor that the code was to be given up only after the issue.</summary>
    private bool PresumesCodesNew => MayPresume && changes.Count == 0;

    /// <summary>The sites and the site's tokens, of which there are few: all or none.</summary>
    public bool Access { get; private set; }

    /// <summary>
    /// Nothing of the site itself is looked at, nor its counters: only sites and tokens, which have a lock of their own. So an
    /// administrator whose own site is on a server that is away can do that.
    /// </summary>
    public bool IsOfAccessAlone =>
        Access && keys.Count == 0 && certificates.Count + issues.Count + changes.Count + redemptionIds.Count + paymentCodes.Count == 0;

    /// <summary>Whether it is one of <see cref="CertificateIds"/>.</summary>
    public bool Names(long certificateId) => certificates.ContainsKey(certificateId);

    /// <summary>A code that the certificate is to have. Most have it already: a loader need not make its text again.</summary>
    public CertificateCode LikelyCode(long certificateId) => certificates.GetValueOrDefault(certificateId);

    /// <summary>
    /// The codes whose holders are wanted once the certificates have been loaded: most changes leave the code as it is, and then its holder
    /// does not matter. A certificate that is not among them may be created in the same group, before it is changed.
    /// </summary>
    public IReadOnlyCollection<CertificateCode> CodesBeside(IReadOnlyCollection<Certificate> loaded)
    {
        var renamed = loaded
            .Where(certificate => LikelyCode(certificate.Id) is var code && code != default && code != certificate.Code)
            .Select(certificate => LikelyCode(certificate.Id));
        if (issues.Count == 0 || changes.Count == 0)
            return CodesWith(renamed);
        var known = loaded.Select(certificate => certificate.Id).ToHashSet();
        return CodesWith(renamed.Concat(
            certificates.Where(named => named.Value != default && !known.Contains(named.Key)).Select(named => named.Value)));
    }

    public void AddCertificate(long id) => certificates.TryAdd(id, default);

    public void AddNewCodes(IReadOnlyList<NewCertificate> items)
    {
        if (items.Count > 0)
            issues.Add(items);
    }

    /// <summary>
    /// All certificates whose codes fold to those of new ones are wanted, so that none is made which customers could mistake for them.
    /// </summary>
    public void AddLikeCodes(IReadOnlyList<NewCertificate> items)
    {
        paymentCodes.EnsureCapacity(paymentCodes.Count + items.Count);
        foreach (var item in items)
            paymentCodes.Add(item.Code.Folded);
    }

    /// <summary>Certificates to change. Those that get a code, new or the same, have it noted.</summary>
    public void AddChanges(IReadOnlyList<CertificateChange> items)
    {
        if (certificates.Count == 0)
            certificates.EnsureCapacity(items.Count);
        foreach (var item in items)
        {
            if (!certificates.TryAdd(item.Id, item.Code.GetValueOrDefault()) && item.Code is { } code)
                codes.Add(code);
        }
        changes.Add(items);
    }

    public void AddRedemption(long id) => redemptionIds.Add(id);

    public void AddPayment(CertificateCode code, string reference)
    {
        paymentCodes.Add(code.Folded);
        paymentsByCode.Add((code.Folded, reference));
    }

    public void AddPayment(long certificateId, string reference)
    {
        AddCertificate(certificateId);
        paymentsById.Add((certificateId, reference));
    }

    public void AddKey(long actor, IdempotencyKey key) => keys.Add((actor, key));

    public void AddAccess() => Access = true;

    private HashSet<CertificateCode> CodesWith(IEnumerable<CertificateCode> others)
    {
        if (changes.Count == 0 && (issues.Count == 0 || PresumesCodesNew))
            return [];
        var wanted = new HashSet<CertificateCode>(codes);
        if (changes.Count > 0)
            wanted.UnionWith(others);
        if (PresumesCodesNew)
            return wanted;
        wanted.EnsureCapacity(wanted.Count + issues.Sum(items => items.Count));
        foreach (var items in issues)
            wanted.UnionWith(items.Select(item => item.Code));
        return wanted;
    }

    private IEnumerable<(long CertificateId, string Reference)> PaymentsWithComingCodes()
    {
        var references = paymentsByCode.ToLookup(payment => payment.FoldedCode, payment => payment.Reference);
        return
            from change in changes.SelectMany(items => items)
            where change.Code is not null
            from reference in references[change.Code.GetValueOrDefault().Folded]
            select (change.Id, reference);
    }
}

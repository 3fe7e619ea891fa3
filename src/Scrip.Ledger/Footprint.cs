using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>What a group of commands of one site will look at. The store loads and locks exactly this.</summary>
public sealed class Footprint
{
    /// <summary>Ids of certificates, each with the code that the first change gives it; default if no change gives one.</summary>
    private readonly Dictionary<long, CertificateCode> certificates = [];

    /// <summary>The codes of further changes to the same certificates.</summary>
    private readonly HashSet<CertificateCode> codes = [];
    private readonly List<IReadOnlyList<NewCertificate>> issues = [];
    private readonly HashSet<(long Actor, IdempotencyKey Key)> keys = [];
    private readonly HashSet<long> redemptionIds = [];
    private readonly HashSet<string> paymentCodes = [];
    private readonly HashSet<(string FoldedCode, string Reference)> paymentsByCode = [];
    private readonly HashSet<(long CertificateId, string Reference)> paymentsById = [];
    private readonly List<IReadOnlyList<CertificateChange>> changes = [];

    public IReadOnlyCollection<long> CertificateIds => certificates.Keys;

    /// <summary>Codes whose holders are needed, as long as no certificate has been loaded.</summary>
    public IReadOnlyCollection<CertificateCode> Codes => CodesWith(certificates.Values.Where(code => code != default));

    public IReadOnlyCollection<(long Actor, IdempotencyKey Key)> Keys => MayPresume ? [] : keys;

    /// <summary>Redemptions that are needed together with their certificates.</summary>
    public IReadOnlyCollection<long> RedemptionIds => redemptionIds;

    /// <summary>The folded codes of payments: every certificate with such a form is needed.</summary>
    public IReadOnlyCollection<string> PaymentCodes => paymentCodes;

    /// <summary>Payments by code. The live redemption with the same certificate and reference is needed, if one exists.</summary>
    public IReadOnlyCollection<(string FoldedCode, string Reference)> PaymentsByCode => PresumesReferencesNew ? [] : paymentsByCode;

    /// <summary>
    /// Payments of certificates in <see cref="CertificateIds"/>. The live redemption with the same reference is needed. Besides payments
    /// that name an id, these are payments by a code that a change in the same group gives to a certificate: no look-up by code finds such
    /// a certificate yet.
    /// </summary>
    public IReadOnlyCollection<(long CertificateId, string Reference)> PaymentsById =>
        PresumesReferencesNew ? []
        : changes.Count == 0 || paymentsByCode.Count == 0 ? paymentsById
        : [.. paymentsById.Union(PaymentsWithComingCodes())];

    /// <summary>
    /// Whether idempotency keys, references of payments and codes of new certificates are presumed new instead of being looked up. They
    /// nearly always are. If one is not, its unique key refuses the write and with it the transaction. A decision that writes nothing lacks
    /// this check, so it is only valid if everything was looked up.
    /// </summary>
    public bool PresumesNew { get; init; }

    /// <summary>Whether anything was presumed new.</summary>
    public bool HasPresumed =>
        (MayPresume && keys.Count > 0) || (PresumesReferencesNew && paymentsByCode.Count + paymentsById.Count > 0)
        || (PresumesCodesNew && issues.Count > 0);

    /// <summary>
    /// False for changes of sites and tokens: they are so rare that another look-up costs less than a refused transaction.
    /// </summary>
    private bool MayPresume => PresumesNew && !Access;

    /// <summary>
    /// A unique key sees only the final state: it would miss that a reference is released only after the payment that needs it.
    /// </summary>
    private bool PresumesReferencesNew => MayPresume && redemptionIds.Count == 0;

    /// <summary>A unique key sees only the final state: it would miss that a code is given up only after the issue that needs it.</summary>
    private bool PresumesCodesNew => MayPresume && changes.Count == 0;

    /// <summary>Whether the sites and the site's tokens are needed. They are few, so all of them are loaded.</summary>
    public bool Access { get; private set; }

    /// <summary>
    /// Whether only sites and tokens are needed, which have their own lock, and nothing of the site itself, not even its counters. It lets
    /// an administrator work while the server of its own site is unavailable.
    /// </summary>
    public bool IsOfAccessAlone =>
        Access && keys.Count == 0 && certificates.Count + issues.Count + changes.Count + redemptionIds.Count + paymentCodes.Count == 0;

    /// <summary>Whether the certificate is in <see cref="CertificateIds"/>.</summary>
    public bool Names(long certificateId) => certificates.ContainsKey(certificateId);

    /// <summary>A code that the certificate probably has already, so that a loader need not allocate the text again.</summary>
    public CertificateCode LikelyCode(long certificateId) => certificates.GetValueOrDefault(certificateId);

    /// <summary>
    /// The codes whose holders are needed once the certificates are loaded. Most changes keep the code, and then its holder does not
    /// matter. A certificate that is missing from the loaded ones may be created in the same group before it is changed.
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

    /// <summary>Adds certificates to change, with the codes that the changes give them.</summary>
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

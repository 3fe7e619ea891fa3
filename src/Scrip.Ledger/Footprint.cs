using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>What a group of commands of one site will look at. Each command adds its part.</summary>
public sealed class Footprint
{
    private readonly Dictionary<long, CertificateCode> certificates = [];
    private readonly HashSet<CertificateCode> furtherCodes = [];
    private readonly List<IReadOnlyList<NewCertificate>> issues = [];
    private readonly HashSet<(long Actor, IdempotencyKey Key)> keys = [];
    private readonly HashSet<long> redemptionIds = [];
    private readonly HashSet<long> batchIds = [];
    private readonly HashSet<string> paymentCodes = [];
    private readonly HashSet<(string FoldedCode, string Reference)> paymentsByCode = [];
    private readonly HashSet<(long CertificateId, string Reference)> paymentsById = [];
    private readonly List<IReadOnlyList<CertificateChange>> changes = [];

    /// <summary>
    /// Ids of certificates, each with the code that the first change gives it; default if no change gives one. Most changes give the code
    /// that the certificate has already.
    /// </summary>
    public IReadOnlyDictionary<long, CertificateCode> Certificates => certificates;

    public IReadOnlyCollection<long> CertificateIds => certificates.Keys;

    /// <summary>The codes that further changes give to the same certificates.</summary>
    public IReadOnlyCollection<CertificateCode> FurtherCodes => furtherCodes;

    /// <summary>Certificates to change, call by call.</summary>
    public IReadOnlyList<IReadOnlyList<CertificateChange>> Changes => changes;

    /// <summary>New certificates, call by call; no call without any.</summary>
    public IReadOnlyList<IReadOnlyList<NewCertificate>> Issues => issues;

    public IReadOnlyCollection<(long Actor, IdempotencyKey Key)> Keys => keys;

    /// <summary>Redemptions that are needed together with their certificates.</summary>
    public IReadOnlyCollection<long> RedemptionIds => redemptionIds;

    public IReadOnlyCollection<long> BatchIds => batchIds;

    /// <summary>The folded codes of payments, imports and generated codes: every certificate with such a form is needed.</summary>
    public IReadOnlyCollection<string> PaymentCodes => paymentCodes;

    /// <summary>Payments by code. The live redemption with the same certificate and reference is needed, if one exists.</summary>
    public IReadOnlyCollection<(string FoldedCode, string Reference)> PaymentsByCode => paymentsByCode;

    /// <summary>Payments by the id of a certificate. The live redemption with the same reference is needed, if one exists.</summary>
    public IReadOnlyCollection<(long CertificateId, string Reference)> PaymentsById => paymentsById;

    /// <summary>Whether the sites and the site's tokens are needed. They are few, so all of them are loaded.</summary>
    public bool Access { get; private set; }

    /// <summary>
    /// Whether only sites and tokens are needed, which have their own lock, and nothing of the site itself, not even its counters. It lets
    /// an administrator work while the server of its own site is unavailable.
    /// </summary>
    public bool IsOfAccessAlone =>
        Access && keys.Count == 0
        && certificates.Count + issues.Count + changes.Count + redemptionIds.Count + batchIds.Count + paymentCodes.Count == 0;

    public void AddCertificate(long id) => certificates.TryAdd(id, default);

    public void AddNewCodes(IReadOnlyList<NewCertificate> items)
    {
        if (items.Count > 0)
            issues.Add(items);
    }

    /// <summary>
    /// Adds every certificate whose code has the same folded form as a new one, so that customers cannot mistake one for the other.
    /// </summary>
    public void AddLikeCodes(IReadOnlyList<NewCertificate> items)
    {
        paymentCodes.EnsureCapacity(paymentCodes.Count + items.Count);
        foreach (var item in items)
            paymentCodes.Add(item.Code.Folded);
    }

    /// <summary>Adds certificates to change, with the codes that the changes give them.</summary>
    public void AddChanges(IReadOnlyList<CertificateChange> items)
    {
        if (certificates.Count == 0)
            certificates.EnsureCapacity(items.Count);
        foreach (var item in items)
        {
            if (!certificates.TryAdd(item.Id, item.Code.GetValueOrDefault()) && item.Code is { } code)
                furtherCodes.Add(code);
        }
        changes.Add(items);
    }

    public void AddRedemption(long id) => redemptionIds.Add(id);

    public void AddBatch(long id) => batchIds.Add(id);

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
}

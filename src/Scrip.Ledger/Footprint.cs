using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>What a group of commands of one site will look at. The store loads and locks just this.</summary>
public sealed class Footprint
{
    /// <summary>With the code that the first change is to give it; none where nothing changes it.</summary>
    private readonly Dictionary<long, CertificateCode> certificates = [];

    /// <summary>Besides those.</summary>
    private readonly HashSet<CertificateCode> codes = [];
    private readonly HashSet<(long Actor, IdempotencyKey Key)> keys = [];
    private readonly HashSet<long> redemptionIds = [];
    private readonly HashSet<(string FoldedCode, string Reference)> paymentsByCode = [];
    private readonly HashSet<(long CertificateId, string Reference)> paymentsById = [];
    private readonly List<IReadOnlyList<CertificateChange>> changes = [];

    public IReadOnlyCollection<long> CertificateIds => certificates.Keys;

    /// <summary>Whose holders are wanted, where nothing is known of any certificate.</summary>
    public IReadOnlyCollection<CertificateCode> Codes =>
        changes.Count == 0 ? codes : [.. codes.Union(certificates.Values.Where(code => code != default))];

    public IReadOnlyCollection<(long Actor, IdempotencyKey Key)> Keys => keys;

    /// <summary>Redemptions that are wanted with their certificates.</summary>
    public IReadOnlyCollection<long> RedemptionIds => redemptionIds;

    /// <summary>
    /// Payments whose certificates are wanted, all that the code may mean, with the live redemption that has the reference if there is one.
    /// </summary>
    public IReadOnlyCollection<(string FoldedCode, string Reference)> PaymentsByCode => paymentsByCode;

    /// <summary>
    /// Likewise, for certificates that <see cref="CertificateIds"/> names too: those that payments name, and those that are to have a code
    /// by then which a payment of the group means. No look-up by code finds the latter yet.
    /// </summary>
    public IReadOnlyCollection<(long CertificateId, string Reference)> PaymentsById =>
        changes.Count == 0 || paymentsByCode.Count == 0 ? paymentsById : [.. paymentsById.Union(PaymentsWithComingCodes())];

    /// <summary>
    /// New codes are not looked up. Nearly always all are free; where one is not, the database's unique key refuses the transaction, and it
    /// is tried again with a look at them.
    /// </summary>
    public bool PresumesNewCodesFree { get; init; }

    /// <summary>The sites and the site's tokens, of which there are few: all or none.</summary>
    public bool Access { get; private set; }

    /// <summary>A code that the certificate is to have. Most have it already: whoever loads them need not make its text again.</summary>
    public CertificateCode LikelyCode(long certificateId) => certificates.GetValueOrDefault(certificateId);

    /// <summary>
    /// Likewise <see cref="Codes"/>, once the certificates have been loaded: most changes leave the code as it is, and then nobody asks who
    /// has it.
    /// </summary>
    public IReadOnlyCollection<CertificateCode> CodesBeside(IReadOnlyCollection<Certificate> loaded)
    {
        if (changes.Count == 0)
            return codes;
        var wanted = new HashSet<CertificateCode>(codes);
        foreach (var certificate in loaded)
        {
            if (LikelyCode(certificate.Id) is var code && code != default && code != certificate.Code)
                wanted.Add(code);
        }
        return wanted;
    }

    public void AddCertificate(long id) => certificates.TryAdd(id, default);

    public void AddNewCodes(IReadOnlyList<NewCertificate> items)
    {
        if (PresumesNewCodesFree)
            return;
        if (codes.Count == 0)
            codes.EnsureCapacity(items.Count);
        foreach (var item in items)
            codes.Add(item.Code);
    }

    /// <summary>Certificates that are to have other codes, or the same.</summary>
    public void AddChanges(IReadOnlyList<CertificateChange> items)
    {
        if (certificates.Count == 0)
            certificates.EnsureCapacity(items.Count);
        foreach (var item in items)
        {
            if (!certificates.TryAdd(item.Id, item.Code))
                codes.Add(item.Code);
        }
        changes.Add(items);
    }

    public void AddRedemption(long id) => redemptionIds.Add(id);

    public void AddPayment(CertificateCode code, string reference) => paymentsByCode.Add((code.Folded, reference));

    public void AddPayment(long certificateId, string reference)
    {
        AddCertificate(certificateId);
        paymentsById.Add((certificateId, reference));
    }

    public void AddKey(long actor, IdempotencyKey key) => keys.Add((actor, key));

    public void AddAccess() => Access = true;

    private IEnumerable<(long CertificateId, string Reference)> PaymentsWithComingCodes()
    {
        var references = paymentsByCode.ToLookup(payment => payment.FoldedCode, payment => payment.Reference);
        return changes.SelectMany(items => items)
            .SelectMany(change => references[change.Code.Folded].Select(reference => (change.Id, reference)));
    }
}

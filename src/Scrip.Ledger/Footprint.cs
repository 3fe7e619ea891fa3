using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>What a group of commands of one site will look at. The store loads and locks just this.</summary>
public sealed class Footprint
{
    private readonly HashSet<long> certificateIds = [];
    private readonly HashSet<CertificateCode> codes = [];
    private readonly HashSet<(long Actor, IdempotencyKey Key)> keys = [];
    private readonly HashSet<long> redemptionIds = [];
    private readonly HashSet<(string FoldedCode, string Reference)> paymentsByCode = [];
    private readonly HashSet<(long CertificateId, string Reference)> paymentsById = [];
    private readonly List<(long CertificateId, CertificateCode Code)> changes = [];

    public IReadOnlyCollection<long> CertificateIds => certificateIds;
    public IReadOnlyCollection<CertificateCode> Codes => codes;
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

    /// <summary>The sites and the site's tokens, of which there are few: all or none.</summary>
    public bool Access { get; private set; }

    /// <summary>
    /// Before a call adds so many certificates. Of a group of many small calls only the first says so: room for one more each time would be
    /// made a little larger each time.
    /// </summary>
    public void EnsureCapacity(int ids, int codes)
    {
        if (certificateIds.Count + this.codes.Count > 0)
            return;
        certificateIds.EnsureCapacity(ids);
        this.codes.EnsureCapacity(codes);
        changes.EnsureCapacity(ids);
    }

    public void AddCertificate(long id) => certificateIds.Add(id);

    public void AddCode(CertificateCode code) => codes.Add(code);

    /// <summary>A certificate that is to have this code.</summary>
    public void AddChange(long id, CertificateCode code)
    {
        certificateIds.Add(id);
        codes.Add(code);
        changes.Add((id, code));
    }

    public void AddRedemption(long id) => redemptionIds.Add(id);

    public void AddPayment(CertificateCode code, string reference) => paymentsByCode.Add((code.Folded, reference));

    public void AddPayment(long certificateId, string reference)
    {
        certificateIds.Add(certificateId);
        paymentsById.Add((certificateId, reference));
    }

    public void AddKey(long actor, IdempotencyKey key) => keys.Add((actor, key));

    public void AddAccess() => Access = true;

    private IEnumerable<(long CertificateId, string Reference)> PaymentsWithComingCodes()
    {
        var references = paymentsByCode.ToLookup(payment => payment.FoldedCode, payment => payment.Reference);
        return changes.SelectMany(change => references[change.Code.Folded].Select(reference => (change.CertificateId, reference)));
    }
}

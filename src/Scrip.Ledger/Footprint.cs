using Scrip.Ledger.Certificates;

namespace Scrip.Ledger;

/// <summary>What a group of commands of one site will look at. The store loads and locks just this.</summary>
public sealed class Footprint
{
    private readonly HashSet<long> certificateIds = [];
    private readonly HashSet<CertificateCode> codes = [];
    private readonly HashSet<(long Actor, IdempotencyKey Key)> keys = [];

    public IReadOnlyCollection<long> CertificateIds => certificateIds;
    public IReadOnlyCollection<CertificateCode> Codes => codes;
    public IReadOnlyCollection<(long Actor, IdempotencyKey Key)> Keys => keys;

    /// <summary>The sites and the site's tokens, of which there are few: all or none.</summary>
    public bool Access { get; private set; }

    public void AddCertificate(long id) => certificateIds.Add(id);

    public void AddCode(CertificateCode code) => codes.Add(code);

    public void AddKey(long actor, IdempotencyKey key) => keys.Add((actor, key));

    public void AddAccess() => Access = true;
}

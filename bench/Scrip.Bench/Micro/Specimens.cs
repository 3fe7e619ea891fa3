using Scrip.Bench.Certificates;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;

namespace Scrip.Bench.Micro;

/// <summary>Data for the micro-benchmarks: stored certificates 1 to n, and commands about them.</summary>
internal static class Specimens
{
    public const long SiteId = Site.DefaultId;
    public const long Actor = Actors.Operator;

    public static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private const long MinorUnits = 100;

    /// <summary>A state with these certificates loaded, as for an update of all of them.</summary>
    public static LedgerState Loaded(int count) => new(new LedgerContents
    {
        SiteId = SiteId,
        LastCertificateId = count,
        Certificates = [.. Enumerable.Range(1, count).Select(Stored)],
        Holders = Enumerable.Range(1, count).ToDictionary(CodeOf, id => (long)id),
    });

    public static LedgerState Empty() => new(new LedgerContents { SiteId = SiteId });

    public static CreateCertificates Create(int count) =>
        new([.. Enumerable.Range(1, count).Select(id => new NewCertificate(CodeOf(id), IsActive: true, FaceValues.Of(id) * MinorUnits))])
        {
            Origin = new(SiteId, Actor),
        };

    /// <summary>Gives certificates, beginning with the first, another value in each round.</summary>
    public static UpdateCertificates Update(int first, int count, int round) =>
        new([.. Enumerable.Range(first, count).Select(id => new CertificateChange(id, CodeOf(id), null, FaceValues.Of(id, round) * MinorUnits))])
        {
            Origin = new(SiteId, Actor),
        };

    private static CertificateCode CodeOf(int id) => CertificateCode.FromStored(CertificateCodes.Get(id));

    private static Certificate Stored(int id) => new()
    {
        Id = id,
        Code = CodeOf(id),
        IsActive = true,
        FaceValue = FaceValues.Of(id) * MinorUnits,
        IssuedValue = FaceValues.Of(id) * MinorUnits,
        Version = 1,
        CreatedAt = Now,
        CreatedBy = Actor,
        UpdatedAt = Now,
        IssuedEntryId = id,
        LastEntryId = id,
    };
}

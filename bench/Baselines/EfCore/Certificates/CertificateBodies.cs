using System.ComponentModel.DataAnnotations;

namespace Scrip.Baselines.EfCore.Certificates;

internal sealed record CertificateAnswer(long Id, string Code, bool IsActive, long Value)
{
    public static CertificateAnswer Of(Certificate certificate) =>
        new(certificate.Id, certificate.Code, certificate.IsActive, certificate.Value);
}

internal record CertificateBody([property: Required, StringLength(255)] string Code, bool? IsActive, long? Value)
{
    private const long MostUnits = 1_000_000_000_000;

    public bool IsValid => Code is { Length: > 0 and <= 255 } && Value is null or (>= 0 and <= MostUnits);
}

internal sealed record ChangeBody(long Id, string Code, bool? IsActive, long? Value) : CertificateBody(Code, IsActive, Value);

internal sealed record CheckBody(string Code);

internal sealed record CheckAnswer(long Id, string Code, bool IsActive, long Value, string Balance, bool Usable);

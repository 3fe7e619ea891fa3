using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Server.Certificates;

/// <summary>A certificate as a request's body has it: what was left out is null.</summary>
internal readonly record struct CertificateItem(
    long? Id, CertificateCode? Code, bool? IsActive, long? Units, TermsChange? Terms, long? Version)
{
    /// <summary>Also of an item that has errors, whose command is never carried out; so is <see cref="ToChange"/>.</summary>
    public NewCertificate ToNew(Currency currency) => new(
        Code.GetValueOrDefault(), IsActive ?? true, ToMinor(currency) ?? 0, Terms?.AppliedTo(CertificateTerms.Unlimited));

    public CertificateChange ToChange(Currency currency) => new(Id ?? 0, Code, IsActive, ToMinor(currency), Terms, Version);

    private long? ToMinor(Currency currency) => Units is { } units ? currency.ToMinor(units) : null;
}

/// <summary>What the member <c>id</c> is in a body.</summary>
internal enum IdMember
{
    /// <summary>bulk-create: the server numbers certificates.</summary>
    NotAllowed,

    /// <summary>bulk-update.</summary>
    Required,

    /// <summary>An update of one: only the path's own id.</summary>
    OptionalLikePath,
}

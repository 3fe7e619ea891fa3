using Scrip.Ledger;
using Scrip.Ledger.Certificates;

namespace Scrip.Server.Certificates;

/// <summary>A certificate in a request's body. Omitted members are null.</summary>
internal readonly record struct CertificateItem(
    long? Id, CertificateCode? Code, bool? IsActive, long? Units, TermsChange? Terms, long? Version)
{
    /// <summary>
    /// Converts the item. It also works for an invalid item, whose command is never executed; so does <see cref="ToChange"/>.
    /// </summary>
    public NewCertificate ToNew(Currency currency) => new(
        Code.GetValueOrDefault(), IsActive ?? true, ToMinor(currency) ?? 0, Terms?.AppliedTo(CertificateTerms.Unlimited));

    public CertificateChange ToChange(Currency currency) => new(Id ?? 0, Code, IsActive, ToMinor(currency), Terms, Version);

    private long? ToMinor(Currency currency) => Units is { } units ? currency.ToMinor(units) : null;
}

/// <summary>The role of the member <c>id</c> in a body.</summary>
internal enum IdMember
{
    /// <summary>bulk-create: the server assigns ids.</summary>
    NotAllowed,

    /// <summary>bulk-update: the id names the certificate.</summary>
    Required,

    /// <summary>Update of one certificate: only the id of the path is accepted.</summary>
    OptionalLikePath,
}

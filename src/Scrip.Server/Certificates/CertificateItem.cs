using Scrip.Ledger.Certificates;

namespace Scrip.Server.Certificates;

/// <summary>A certificate as a request's body has it: what was left out is null.</summary>
internal readonly record struct CertificateItem(
    long? Id, CertificateCode? Code, bool? IsActive, long? Units, TermsChange? Terms, long? Version);

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

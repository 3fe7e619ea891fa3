using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Reports;

/// <summary>A code of a certificate with the stored folded form by which payments find it.</summary>
/// <param name="Code">Null if the stored code is not the certificate's, or if the certificate does not exist.</param>
public readonly record struct FoldedCode(long CertificateId, CertificateCode? Code, string Folded);

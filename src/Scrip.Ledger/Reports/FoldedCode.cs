using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Reports;

/// <summary>A certificate's code, and the text by which payments find it, as stored with it.</summary>
/// <param name="Code">Null where the code it is stored with is not the certificate's, or there is no such certificate.</param>
public readonly record struct FoldedCode(long CertificateId, CertificateCode? Code, string Folded);

using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Reports;

/// <summary>A certificate's code, and the text by which payments find it, as stored with it.</summary>
/// <param name="Code">Null where it is stored with a code that the certificate does not have, or there is none.</param>
public readonly record struct FoldedCode(long CertificateId, CertificateCode? Code, string Folded);

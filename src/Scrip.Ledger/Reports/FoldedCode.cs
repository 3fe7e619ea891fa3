using Scrip.Ledger.Certificates;

namespace Scrip.Ledger.Reports;

/// <summary>A certificate's code, and the text by which payments find it, as stored beside it.</summary>
public readonly record struct FoldedCode(long CertificateId, CertificateCode Code, string Folded);

using System.CommandLine;

namespace Scrip.Issuing;

/// <summary><c>scrip certificate list|get|create|generate|update|export</c>.</summary>
internal static class CertificateCommands
{
    public static Command Create() => new("certificate", "List, show, create, change and export certificates.")
    {
        CertificateReading.List(),
        CertificateReading.Get(),
        CertificateCreation.CreateOnes(),
        CertificateCreation.Generate(),
        CertificateUpdate.Create(),
        CertificateExport.Create(),
    };
}

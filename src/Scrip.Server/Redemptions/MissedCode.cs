using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Server.Problems;

namespace Scrip.Server.Redemptions;

/// <summary>The response to a code that no certificate has.</summary>
internal static class MissedCode
{
    private const string NotFound = "The certificate was not found.";

    /// <summary>
    /// The hint comes from the typed code alone. Codes from elsewhere may look the same and have no check character, so it does not claim
    /// more than it knows.
    /// </summary>
    private const string Hint =
        NotFound + " If Scrip generated its code, the code is mistyped: the check character at its end does not fit.";

    public static ProblemResult Answer(CertificateCode typed) =>
        new(ProblemType.NotFound, CheckCharacter.IsWrongIn(typed) ? Hint : NotFound);
}

namespace Scrip.Ledger.Certificates;

/// <summary>What a code that a customer gave means among the certificates whose codes fold to the same.</summary>
public static class CodeMatch
{
    /// <summary>The exact one; otherwise the only one; otherwise none, rather than a guess about somebody's money.</summary>
    public static T? Choose<T>(IReadOnlyList<T> candidates, Func<T, CertificateCode> codeOf, CertificateCode given)
        where T : class
    {
        foreach (var candidate in candidates)
        {
            if (codeOf(candidate) == given)
                return candidate;
        }
        return given.Folded.Length > 0 && candidates is [var only] ? only : null;
    }
}

namespace Scrip.Ledger.Certificates;

/// <summary>Decides which certificate a typed code means among those with the same folded form.</summary>
public static class CodeMatch
{
    /// <summary>
    /// Returns the exact match, otherwise the only candidate, otherwise null: with several candidates any choice would be a guess about
    /// somebody's money.
    /// </summary>
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

namespace Scrip.Ledger.Certificates;

/// <summary>The bounds of a face value, in whole units of the site's currency, like <c>value</c> in the API.</summary>
public static class FaceValue
{
    public const long MaxUnits = 1_000_000_000_000;

    public static bool IsInRange(long units) => units is >= 0 and <= MaxUnits;
}

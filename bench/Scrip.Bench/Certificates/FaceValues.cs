namespace Scrip.Bench.Certificates;

/// <summary>Face values that exceed all redemptions of a run on one certificate.</summary>
internal static class FaceValues
{
    private const int Least = 100_000_000;
    private const int Most = 999_999_999;

    /// <summary>The face value of a new certificate.</summary>
    public static int Of(int id) => Least + id % 1_000;

    /// <param name="round">Each round gives every certificate a value different from its previous ones.</param>
    public static int Of(int id, int round) => Least + 1_000 + round * 1_000 + id % 1_000;

    public static int Next(Random random) => random.Next(Least, Most);
}

using FsCheck;
using FsCheck.Fluent;

namespace Scrip.Tests.Ledger;

/// <summary>
/// Histories as rows of <see cref="Support.CommandText"/>, with <see cref="Commit"/> where a group ends: few codes, so that they
/// collide; ids that exist and ids that do not; values at the edges. A failing history is shortened row by row.
/// </summary>
internal static class RandomHistory
{
    public const string Commit = "commit";

    private static readonly string[] Codes = ["A", "B", "C", "D", "E", "a"];
    private static readonly long[] Values = [0, 1, 2, 99, 100, 300, 500, 999_999_999_999_999, 1_000_000_000_000_000];

    public static Arbitrary<string[]> Any => Arb.From(
        Gen.ArrayOf(Row),
        rows => Enumerable.Range(0, rows.Length).Select(left => rows.Where((_, at) => at != left).ToArray()));

    private static Gen<string> Row => Gen.Frequency((3, Creates), (6, Updates), (2, Gen.Constant(Commit)));

    private static Gen<string> Creates =>
        from codes in Gen.SubListOf(Codes)
        from rests in Gen.ArrayOf(Rest, codes.Count)
        select $"create {string.Join(' ', codes.Zip(rests, (code, rest) => code + rest))}";

    private static Gen<string> Updates =>
        from ids in Gen.Frequency((5, Gen.SubListOf(1, 2)), (3, Gen.SubListOf(1, 2, 3, 4)), (1, Gen.SubListOf(1, 2, 3, 4, 5, 9)))
        from codes in Gen.Shuffle(Codes)
        from rests in Gen.ArrayOf(Rest, ids.Count)
        from condition in Gen.Frequency((9, Gen.Constant("")), (1, Gen.Elements(" if 1", " if 1,2,3")))
        select $"update {string.Join(' ', ids.Zip(codes, rests).Select(item => $"{item.First}:{item.Second}{item.Third}"))}{condition}";

    private static Gen<string> Rest =>
        from value in Gen.Frequency((3, Gen.Elements(Values).Select(value => $"={value}")), (1, Gen.Constant("")))
        from active in Gen.Elements("", "/on", "/off")
        select value + active;
}

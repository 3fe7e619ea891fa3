using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Scrip.Tests.Ledger;

/// <summary>
/// Histories as rows of <see cref="Support.CommandText"/>. <see cref="Commit"/> ends a group, and <c>wait 5</c> ends a group and moves the
/// clock by that many seconds. There are few codes and references, so that they collide; existing and missing ids; and values at the edges.
/// A failing history is shortened row by row.
/// </summary>
internal static class RandomHistory
{
    public const string Commit = "commit";
    public const string Wait = "wait ";

    private static readonly string[] Codes = ["A", "B", "C", "D", "E", "a", "A-", "b␣b", "BB"];
    private static readonly string[] References = ["R", "r", "S"];
    private static readonly long[] Values = [0, 1, 2, 99, 100, 300, 500, 999_999_999_999_999, 1_000_000_000_000_000];
    private static readonly long[] Amounts = [1, 1, 1, 2, 98, 99, 100, 101, 299, 300, 301, 499, 500, 501, 999_999_999_999_999, 1_000_000_000_000_000];

    public static Arbitrary<string[]> Any => Arb.From(
        Gen.ArrayOf(Row),
        rows => Enumerable.Range(0, rows.Length).Select(left => rows.Where((_, at) => at != left).ToArray()));

    public static Gen<string> Command => Gen.Frequency((3, Creates), (2, Imports), (2, Generated), (1, Renamings), (5, Updates), (12, Payments), (8, Steps), (2, WriteOffs));

    private static Gen<string> Row => Gen.Frequency(
        (28, Command),
        (4, Gen.Constant(Commit)),
        // Usually forward, sometimes back: the clock of another server may be behind.
        (4, Gen.Elements(0, 1, 1, 5, 5, 30, 61, 700_000, -3).Select(seconds => Wait + seconds.ToString(CultureInfo.InvariantCulture))));

    private static Gen<string> Creates =>
        from codes in Gen.SubListOf(Codes)
        from rests in Gen.ArrayOf(Rest, codes.Count)
        from batch in Batch
        select $"create {string.Join(' ', codes.Zip(rests, (code, rest) => code + rest))}{batch}";

    private static Gen<string> Batch => Gen.Elements("", "", " in -", " in May", " in June");

    /// <summary>Codes that do not fold to each other, as they are drawn; of few, so that some are taken.</summary>
    private static Gen<string> Generated =>
        from count in Gen.Choose(1, 3)
        from codes in Gen.Shuffle("A", "B", "C", "D", "E", "F", "G", "H")
        from most in Gen.Choose(count, codes.Length)
        from each in Gen.Elements("", "=500", "=200/off", "=100/single", "=99")
        from batch in Gen.Elements(" in -", " in May")
        select $"generate {count}{each} of {string.Join(' ', codes.Take(most))}{batch}";

    private static Gen<string> Renamings =>
        from id in Gen.Choose(0, 4)
        from name in Gen.Elements("May", "June")
        select $"rename {id} {name}";

    /// <summary>Codes that do not fold to each other, as those of a file.</summary>
    private static Gen<string> Imports =>
        from codes in Gen.SubListOf("A", "B", "C", "D", "E", "F", "BB")
        from rests in Gen.ArrayOf(Gen.Elements("", "=0", "=100", "=100-1", "=100-100/off", "=500-200/single", "=1000000000000000-1"), codes.Count)
        from options in Gen.Elements("", "", " !skip", " !leave", " !skip !leave", " !dry", " !leave !dry")
        from batch in Batch
        select $"import {string.Join(' ', codes.Zip(rests, (code, rest) => code + rest))}{batch}{options}";

    private static Gen<string> Updates =>
        from ids in Gen.Frequency((5, Gen.SubListOf(1, 2)), (3, Gen.SubListOf(1, 2, 3, 4)), (1, Gen.SubListOf(1, 2, 3, 4, 5, 9)))
        from shuffled in Gen.Shuffle(Codes)
        from kept in Gen.ArrayOf(Gen.Elements(false, false, true), ids.Count)
        let codes = shuffled.Zip(kept, (code, isKept) => isKept ? "" : code)
        from rests in Gen.ArrayOf(Rest, ids.Count)
        from versions in Gen.ArrayOf(Gen.Frequency((12, Gen.Constant("")), (1, Gen.Elements("/v1", "/v2"))), ids.Count)
        from condition in Gen.Frequency((9, Gen.Constant("")), (1, Gen.Elements(" if 1", " if 1,2,3")))
        let items = ids.Zip(codes, rests.Zip(versions, string.Concat))
        select $"update {string.Join(' ', items.Select(item => $"{item.First}:{item.Second}{item.Third}"))}{condition}";

    private static Gen<string> Payments =>
        from verb in Gen.Elements("redeem", "hold", "hold")
        from certificate in Gen.Frequency((4, Gen.Elements("#1", "#1", "#2", "#3", "#9")), (5, Gen.Elements([.. Codes, "bb", "-a", "F"])))
        from amount in Gen.Frequency((1, Gen.Constant("all")), (8, AnyAmount))
        from reference in Gen.Elements(References)
        from number in Gen.Frequency((2, Gen.Constant("")), (3, Gen.Choose(1, 30).Select(Text)))
        from until in verb == "redeem"
            ? Gen.Constant("")
            : Gen.Frequency((2, Gen.Constant("")), (4, Gen.Elements(" until 3", " until 6", " until 10", " until 60", " until 2678401")))
        from partial in Gen.Frequency((4, Gen.Constant("")), (1, Gen.Constant(" partial")))
        select $"{verb} {certificate} {amount} {reference}{number}{until}{partial}";

    private static Gen<string> Steps =>
        from id in Gen.Frequency((8, Gen.Choose(1, 4)), (2, Gen.Choose(0, 12)))
        from amount in AnyAmount
        from step in Gen.Elements(
            $"capture {id}", $"capture {id} {amount}", $"capture {id} {amount} keep", $"capture {id} 1 keep", $"release {id}", $"refund {id}",
            $"refund {id} {amount}", $"refund {id} 1 because broken", $"extend {id} 6", $"extend {id} 60", $"extend {id} 2678405", "expire")
        select step;

    private static Gen<string> WriteOffs =>
        from ids in Gen.Frequency((6, Gen.SubListOf(1, 2)), (2, Gen.SubListOf(1, 2, 3, 9)))
        from amounts in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant("")), (2, AnyAmount.Select(amount => $"={amount}"))), ids.Count)
        from reason in Gen.Elements("", " because lost")
        select $"writeoff {string.Join(' ', ids.Zip(amounts, (id, amount) => id + amount))}{reason}";

    private static Gen<string> AnyAmount => Gen.Elements(Amounts).Select(amount => amount.ToString(CultureInfo.InvariantCulture));

    private static Gen<string> Rest =>
        from value in Gen.Frequency((3, Gen.Elements(Values).Select(value => $"={value}")), (1, Gen.Constant("")))
        from active in Gen.Elements("", "", "/on", "/off")
        from terms in Gen.Frequency((6, Gen.Constant("")), (1, Gen.Elements("/single", "/many", "/from5", "/until60", "/single/from3/untilnever")))
        select value + active + terms;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

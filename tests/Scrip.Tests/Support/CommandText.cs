using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Ledger.Redemptions;

namespace Scrip.Tests.Support;

/// <summary>
/// Commands as tests write them, with amounts in minor units and times in seconds after <see cref="Instants.Start"/>:
/// <list type="bullet">
/// <item><c>create A=500/off B</c>, <c>update 1:B 2:A=750/on</c>, <c>update 1:B if 3,4</c> (the versions of <c>If-Match</c>); with terms
/// <c>1:A/single</c>, <c>1:A/many</c>, <c>1:A/from60/until90</c>, <c>1:A/untilnever</c>; <c>1:=750</c> keeps the code,
/// <c>1:A/v3</c> expects a version;</item>
/// <item><c>create A B in May</c>: they are a batch of that name, or without a name with <c>in -</c>; the same for an import;</item>
/// <item><c>generate 2=500/off of A B C in May</c>: two certificates with the first of these codes that are free; <c>rename 1 May</c>;</item>
/// <item><c>import A=500-200/off B !skip !leave !dry</c>: 200 of A were spent before; existing codes are skipped, faulty items left out,
/// and nothing is written;</item>
/// <item><c>redeem A 100 R1</c> by code, <c>redeem #1 all R1</c> by id and the whole balance; <c>hold A 100 R1</c> in the same way, with
/// <c>until 60</c> to set the hold's end, and <c>partial</c> to accept less;</item>
/// <item><c>capture 1</c>, <c>capture 1 40</c>, <c>capture 1 40 keep</c> (not final); <c>release 1</c>; <c>extend 1 60</c>; <c>refund 1</c>, <c>refund 1 40</c>,
/// <c>refund 1 40 because broken</c>; <c>expire</c>;</item>
/// <item><c>writeoff 1 2=40 because lost</c>: the whole balance of certificate 1, and 40 of 2.</item>
/// </list>
/// A space in a code is written ␣.
/// </summary>
public static partial class CommandText
{
    public const long Actor = 7;

    public static Command Parse(string text, long siteId = Site.DefaultId, RequestIdentity? identity = null)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words[0] switch
        {
            "create" => new CreateCertificates([.. Items(words).Select(AsNew)])
            {
                SiteId = siteId,
                Actor = Actor,
                Identity = identity,
                Batch = BatchOf(words, BatchSource.BulkCreate),
            },
            "generate" => Generate(words) with { SiteId = siteId, Actor = Actor, Identity = identity },
            "rename" => new RenameBatch(Number(words[1]), words[2]) { SiteId = siteId, Actor = Actor, Identity = identity },
            "import" => new ImportCertificates([.. words.Skip(1).TakeWhile(word => word != "in" && !word.StartsWith('!')).Select(Item).Select(AsNew)])
            {
                Batch = BatchOf(words, BatchSource.Imported),
                SiteId = siteId,
                Actor = Actor,
                Identity = identity,
                Existing = words.Contains("!skip") ? ExistingCodes.Skip : ExistingCodes.Refuse,
                LeavesOut = words.Contains("!leave"),
                IsDryRun = words.Contains("!dry"),
            },
            "update" => new UpdateCertificates([.. Items(words).Select(AsChange)], After(words, "if") is { } versions ? Versions(versions) : null)
            {
                SiteId = siteId,
                Actor = Actor,
                Identity = identity,
            },
            "redeem" or "hold" => Payment(words) with { SiteId = siteId, Actor = Actor, Identity = identity },
            "capture" => new CaptureHold(Number(words[1]), OptionalAmount(words), words[^1] != "keep")
            {
                SiteId = siteId,
                Actor = Actor,
                Identity = identity,
            },
            "extend" => new ExtendHold(Number(words[1]), Instants.Later(int.Parse(words[2], CultureInfo.InvariantCulture)))
            {
                SiteId = siteId,
                Actor = Actor,
                Identity = identity,
            },
            "release" => new ReleaseHold(Number(words[1])) { SiteId = siteId, Actor = Actor, Identity = identity },
            "refund" => new RefundRedemption(Number(words[1]), OptionalAmount(words), After(words, "because"))
            {
                SiteId = siteId,
                Actor = Actor,
                Identity = identity,
            },
            "writeoff" => new WriteOffCertificates([.. words.Skip(1).TakeWhile(word => word != "because").Select(item => AsWriteOff(item, words))])
            {
                SiteId = siteId,
                Actor = Actor,
                Identity = identity,
            },
            "expire" => ExpireHolds.Of(siteId) with { Identity = identity },
            _ => throw new ArgumentException($"Not a command: {text}"),
        };
    }

    public static CertificateCode Code(string text)
    {
        Assert.Equal(CodeFault.None, CertificateCode.TryCreate(text.Replace('␣', ' '), out var code));
        return code;
    }

    /// <summary>The identity of a request. The same key always has the same request, unless a test says otherwise.</summary>
    public static RequestIdentity Identity(string key, string request = "request")
    {
        Assert.True(IdempotencyKey.TryParse(key, out var parsed));
        return new RequestIdentity(parsed, System.Text.Encoding.UTF8.GetBytes(request), $"trace-of-{key}");
    }

    internal static Match Item(string text)
    {
        var item = ItemPattern().Match(text);
        return item.Success ? item : throw new ArgumentException($"Not an item: {text}");
    }

    internal static NewCertificate AsNew(Match item) => new(
        Code(item.Groups["code"].Value),
        IsActive(item) ?? true,
        FaceValueOf(item) ?? 0,
        Terms(item)?.AppliedTo(CertificateTerms.Unlimited),
        item.Groups["spent"] is { Success: true, Value: var spent } ? Number(spent) : 0);

    /// <summary>Codes of a pattern with nothing but random characters, as many as the longest has.</summary>
    private static GenerateCertificates Generate(string[] words)
    {
        var codes = words[3..].TakeWhile(word => word != "in").Select(Code).ToList();
        _ = CodePattern.TryParse(new string('#', codes.Max(code => code.Text.Length)), CodeAlphabet.Base32, out var pattern);
        var each = Item(words[1]);
        var specimen = AsNew(each);
        return new GenerateCertificates(
            pattern!, codes, (int)Number(specimen.Code.Text), specimen.FaceValue,
            BatchOf(words, BatchSource.Generated) ?? throw new ArgumentException("Generated certificates are a batch."))
        {
            SiteId = Site.DefaultId,
            Actor = Actor,
            IsActive = specimen.IsActive,
            Terms = specimen.Terms,
        };
    }

    /// <summary>Units of a currency of two digits, as the sites of tests have it.</summary>
    private static NewBatch? BatchOf(string[] words, BatchSource source) => After(words, "in") is { } name
        ? new NewBatch(name == "-" ? null : name, source, Currency.FromStored("MDL"))
        : null;

    /// <summary>The word after another one.</summary>
    internal static string? After(string[] words, string word) => Array.IndexOf(words, word) is > 0 and var at ? words[at + 1] : null;

    private static IEnumerable<Match> Items(string[] words) => words.Skip(1).TakeWhile(word => word is not ("if" or "in")).Select(Item);

    private static CertificateChange AsChange(Match item) =>
        new(
            Number(item.Groups["id"].Value),
            item.Groups["code"].Length == 0 ? null : Code(item.Groups["code"].Value),
            IsActive(item),
            FaceValueOf(item),
            Terms(item),
            item.Groups["version"] is { Success: true, Value: var version } ? Number(version) : null);

    private static bool? IsActive(Match item) => item.Groups["active"] is { Success: true, Value: var active } ? active == "on" : null;

    private static long? FaceValueOf(Match item) =>
        item.Groups["value"] is { Success: true, Value: var value } ? Number(value) : null;

    /// <summary>Null if the text has no terms.</summary>
    private static TermsChange? Terms(Match item)
    {
        var terms = new TermsChange
        {
            StartsAt = Term(item, "from", Time),
            ExpiresAt = Term(item, "until", Time),
            SingleUse = Term(item, "use", use => use == "single"),
        };
        return terms == new TermsChange() ? null : terms;

        static DateTimeOffset? Time(string text) => text == "never" ? null : Instants.Later(int.Parse(text, CultureInfo.InvariantCulture));
    }

    private static Change<T> Term<T>(Match item, string name, Func<string, T> read) =>
        item.Groups[name] is { Success: true, Value: var value } ? Change.To(read(value)) : default;

    private static WriteOff AsWriteOff(string item, string[] words)
    {
        var parts = item.Split('=');
        return new WriteOff(Number(parts[0]), parts.Length > 1 ? Number(parts[1]) : null, After(words, "because"));
    }

    private static RedeemCertificate Payment(string[] words)
    {
        var isById = words[1][0] == '#';
        return new RedeemCertificate(
            isById ? null : Code(words[1]),
            isById ? Number(words[1][1..]) : null,
            words[2] == "all" ? null : Number(words[2]),
            words[3],
            Capture: words[0] == "redeem",
            After(words, "until") is { } seconds ? Instants.Later(int.Parse(seconds, CultureInfo.InvariantCulture)) : null)
        {
            SiteId = Site.DefaultId,
            Actor = Actor,
            AllowPartial = words[^1] == "partial",
        };
    }

    private static long? OptionalAmount(string[] words) => words.Length > 2 && char.IsAsciiDigit(words[2][0]) ? Number(words[2]) : null;

    private static long[] Versions(string text) => [.. text.Split(',').Select(Number)];

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^((?<id>-?[0-9]+):)?(?<code>[^=/:]*)(=(?<value>[0-9]+)(-(?<spent>[0-9]+))?)?(/(?<active>on|off))?(/(?<use>single|many))?"
        + "(/from(?<from>never|-?[0-9]+))?(/until(?<until>never|-?[0-9]+))?(/v(?<version>[0-9]+))?$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex ItemPattern();
}

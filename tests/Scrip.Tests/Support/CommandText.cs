using System.Globalization;
using System.Text.RegularExpressions;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;

namespace Scrip.Tests.Support;

/// <summary>
/// Commands as tests write them, amounts in minor units:
/// <c>create A=500/off B</c>, <c>update 1:B 2:A=750/on</c>, <c>update 1:B if 3,4</c> (the versions of <c>If-Match</c>).
/// </summary>
public static partial class CommandText
{
    public const long Actor = 7;

    public static Command Parse(string text, long siteId = Site.DefaultId, RequestIdentity? identity = null)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var condition = Array.IndexOf(words, "if");
        var items = words[1..(condition < 0 ? words.Length : condition)].Select(Item);
        return words[0] switch
        {
            "create" => new CreateCertificates([.. items.Select(AsNew)]) { SiteId = siteId, Actor = Actor, Identity = identity },
            "update" => new UpdateCertificates([.. items.Select(AsChange)], condition < 0 ? null : Versions(words[condition + 1]))
            {
                SiteId = siteId,
                Actor = Actor,
                Identity = identity,
            },
            _ => throw new ArgumentException($"Neither create nor update: {text}"),
        };
    }

    public static CertificateCode Code(string text)
    {
        Assert.Equal(CodeFault.None, CertificateCode.TryCreate(text, out var code));
        return code;
    }

    /// <summary>The same key always comes with the same request, unless a test says otherwise.</summary>
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

    internal static NewCertificate AsNew(Match item) =>
        new(Code(item.Groups["code"].Value), IsActive(item) ?? true, FaceValueOf(item) ?? 0);

    private static CertificateChange AsChange(Match item) =>
        new(Number(item.Groups["id"].Value), Code(item.Groups["code"].Value), IsActive(item), FaceValueOf(item));

    private static bool? IsActive(Match item) => item.Groups["active"] is { Success: true, Value: var active } ? active == "on" : null;

    private static long? FaceValueOf(Match item) =>
        item.Groups["value"] is { Success: true, Value: var value } ? Number(value) : null;

    private static long[] Versions(string text) => [.. text.Split(',').Select(Number)];

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("^((?<id>-?[0-9]+):)?(?<code>[^=/:]+)(=(?<value>[0-9]+))?(/(?<active>on|off))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex ItemPattern();
}

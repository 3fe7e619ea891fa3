using System.Globalization;
using System.Text.Json;

namespace Scrip.Tests.Faults.Histories;

/// <summary>Converts calls and responses between HTTP and the words of <see cref="CertificateState"/>.</summary>
internal static class WireAnswer
{
    private const string Certificates = "external/payment-certificate/";

    /// <summary>Minor units in a unit of the default currency.</summary>
    private const int MinorUnits = 100;

    public static (HttpMethod Method, string Path, string? Body) Request(long certificateId, CertificateCall call)
    {
        var certificate = Text($"{Certificates}{certificateId}/");
        var redemption = Text($"{Certificates}redemption/{call.Redemption}/");
        var amount = Text($"\"amount\":\"{call.Amount / MinorUnits}.{call.Amount % MinorUnits:00}\"");
        return call.Kind switch
        {
            CallKind.Pay => Post(Certificates + "redemption/", Begin("true")),
            CallKind.Hold => Post(Certificates + "redemption/", Begin("false")),
            CallKind.Capture => Post(redemption + "capture/", $"{{{amount}}}"),
            CallKind.CaptureSome => Post(redemption + "capture/", $"{{{amount},\"final\":false}}"),
            CallKind.Release => Post(redemption + "release/", "{}"),
            CallKind.Refund => Post(redemption + "refund/", $"{{{amount}}}"),
            CallKind.SetValue =>
                (HttpMethod.Put, certificate, Text($"{{\"code\":\"{CodeOf(certificateId)}\",\"value\":{call.Amount / MinorUnits}}}")),
            CallKind.Read => (HttpMethod.Get, certificate + "?fields=value,spent,held,version", null),
        };

        string Begin(string capture) =>
            Text($"{{\"certificate_id\":{certificateId},\"reference\":\"{call.Reference}\",\"capture\":{capture},{amount}}}");
        static (HttpMethod, string, string?) Post(string path, string body) => (HttpMethod.Post, path, body);
    }

    public static string CodeOf(long certificateId) => Text($"SHARED-{certificateId}");

    /// <summary>Null if the server cannot answer now, whatever became of the call.</summary>
    public static string? Of(CertificateCall call, int status, string body, string? etag)
    {
        if (status == 503)
            return null;
        using var document = JsonDocument.Parse(body);
        var json = document.RootElement;
        return (call.Kind, status) switch
        {
            (CallKind.Read, 200) => Text(
                $"value {Units(json)}, {Amount(json, "spent")} spent, {Amount(json, "held")} held, version {json.GetProperty("version")}"),
            (CallKind.SetValue, 200) => Text($"value {Units(json)}, version {etag?.Trim('"')}"),
            (_, 200 or 201) => Text(
                $"#{json.GetProperty("id")} {json.GetProperty("state")} {Amount(json, "captured")}-{Amount(json, "refunded")} ")
                + Text($"of {Amount(json, "amount")}, {Amount(json, "balance")} left"),
            _ => Refusal(json),
        };
    }

    private static string Refusal(JsonElement problem) => problem.GetProperty("type").GetString() switch
    {
        "/problems/not-found" => "unknown",
        "/problems/spent" => "spent",
        "/problems/insufficient-balance" => Text($"insufficient {Amount(problem, "available")}"),
        "/problems/duplicate-reference" => Text($"duplicate #{problem.GetProperty("redemption_id")}"),
        // Its detail tells how: The redemption is captured; nothing was stored.
        "/problems/hold-ended" => $"ended {problem.GetProperty("detail").GetString()!.Split(' ')[3].TrimEnd(';')}",
        "/problems/conflict" when problem.GetProperty("errors")[0].GetProperty("code").ValueEquals("value_below_used") => "below",
        _ => throw new InvalidOperationException($"No answer of the contract: {problem}"),
    };

    private static long Units(JsonElement json) => json.GetProperty("value").GetInt64() * MinorUnits;

    private static long Amount(JsonElement json, string name) =>
        (long)(decimal.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture) * MinorUnits);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

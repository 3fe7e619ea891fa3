using System.Globalization;
using Scrip.Server.Http;
using Scrip.Tests.Support;
using static Scrip.Tests.Support.HttpCalls;

namespace Scrip.Tests.Http;

/// <summary>Times according to RFC 3339, 5.6, and nothing else.</summary>
public sealed class InstantsTests(SharedScrip scrip) : IClassFixture<SharedScrip>
{
    [Theory]
    [InlineData("2026-06-01T00:00:00Z", "2026-06-01T00:00:00.0000000")]
    [InlineData("2026-06-01t00:00:00z", "2026-06-01T00:00:00.0000000")]
    [InlineData("2026-06-01T23:59:59.5Z", "2026-06-01T23:59:59.5000000")]
    [InlineData("2026-06-01T00:00:00.123456789Z", "2026-06-01T00:00:00.1234567")]
    [InlineData("2026-06-01T00:00:00.00000000000000000000001Z", "2026-06-01T00:00:00.0000000")]
    [InlineData("2026-06-01T02:00:00+02:00", "2026-06-01T00:00:00.0000000")]
    [InlineData("2026-05-31T18:30:00-05:30", "2026-06-01T00:00:00.0000000")]
    [InlineData("2026-06-01T00:00:00-00:00", "2026-06-01T00:00:00.0000000")]
    [InlineData("2026-06-01T23:59:00+23:59", "2026-06-01T00:00:00.0000000")]
    [InlineData("2026-06-01T00:00:00-23:59", "2026-06-01T23:59:00.0000000")]
    [InlineData("2028-02-29T00:00:00Z", "2028-02-29T00:00:00.0000000")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999")]
    public void A_time_is_read_in_UTC(string text, string utc)
    {
        Assert.True(InstantText.TryParseRfc3339(text, out var instant));
        Assert.Equal((utc, TimeSpan.Zero), (instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture), instant.Offset));
    }

    public static TheoryData<string> NoTimes =>
    [
        "2026-06-01T00:00:00.Z", "2026-06-01T00:00:00.+02:00", "2026-06-01T00:00:00,5Z", "2026-06-01T00:00:00", "2026-06-01T00:00Z",
        "2026-06-01", "2026-06-01T24:00:00Z", "2026-06-01T23:59:60Z", "2026-06-01T00:60:00Z", "2026-06-31T00:00:00Z", "2026-02-29T00:00:00Z",
        "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-06-00T00:00:00Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01", "2026-06-01T00:00:00+24:00", "2026-06-01T00:00:00+02:60", "2026-06-01T00:00:00+0200",
        "2026-06-01T00:00:00+02", "2026-06-01T00:00:00+2:00", "2026-06-01T00:00:00\u221202:00", "2026-06-01T00:00:00 Z",
        " 2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z ", "2026-06-01T00:00:00Z\n", "2026-06-01  00:00:00Z", "2026-6-1T0:00:00Z",
        "26-06-01T00:00:00Z", "02026-06-01T00:00:00Z", "+2026-06-01T00:00:00Z", "2026-06-01T00:00:00ZZ", "2026-06-01T00:00:00.5.5Z",
        "２０２６-06-01T00:00:00Z", "2026-06-01T00:00:00.٥Z", "2026-06-01T00:00:00UTC", "2026-06-01T00:00:00 GMT", "20260601T000000Z",
        "2026-W23-1T00:00:00Z", "2026-152T00:00:00Z", "Mon, 01 Jun 2026 00:00:00 GMT", "",
    ];

    [Theory]
    [MemberData(nameof(NoTimes))]
    public async Task What_is_no_time_is_refused_wherever_one_is_taken(string text)
    {
        Assert.False(InstantText.TryParseRfc3339(text, out _));
        var shop = await scrip.OpenShopAsync();
        var (escaped, written) = (Uri.EscapeDataString(text), System.Text.Json.JsonSerializer.Serialize(text));

        foreach (var filter in new[] { "created_after", "created_before", "updated_after" })
            (await shop.FetchAsync($"{Certificates}?{filter}={escaped}")).ExpectInvalid($"?{filter} unknown_value");
        (await shop.RedeemAsync($$"""{"code":"A","reference":"R","capture":false,"hold_expires_at":{{written}}}""")).ExpectInvalid("/hold_expires_at wrong_type");
        (await scrip.Application.Client.PostAsync(
            "/external/api-token/", $$"""{"site":"default","name":"x","scopes":["admin"],"expires_at":{{written}}}""")).ExpectInvalid("/expires_at wrong_type");
        if (text == "2026-06-01")
            return;
        (await shop.FetchAsync($"{Liability}?as_of={escaped}")).ExpectInvalid("?as_of unknown_value");
        (await shop.CreateAsync($$"""[{"code":"A","starts_at":{{written}},"expires_at":{{written}}}]""")).ExpectInvalid(
            "/0/starts_at wrong_type", "/0/expires_at wrong_type");
    }
}

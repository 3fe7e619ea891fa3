using Scrip.Tests.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Faults;

/// <summary>
/// The currency and the time zone of a database never change. Every command that opens the database refuses a setting that differs, before
/// it touches anything; without the setting the stored value is used.
/// </summary>
public sealed class OtherSettingsTests
{
    private const string Advice = " Neither can change afterwards: omit the setting, or name another database.";

    [Fact]
    public async Task A_file_made_with_another_currency_or_time_zone_is_refused()
    {
        using var database = new SqliteDatabase();
        await RefusesOthersAsync(database.Settings.ConnectionString, () => database.Ask("select currency || ' ' || time_zone from site")!);
    }

    [Fact]
    [Trait("Database", "Postgres")]
    public async Task A_database_made_with_another_currency_or_time_zone_is_refused()
    {
        var database = new TestPostgres();
        await RefusesOthersAsync(database.Storage, () => database.Ask("select currency || ' ' || time_zone from site").Single());
    }

    private static async Task RefusesOthersAsync(string storage, Func<string> sites)
    {
        (string, string)[] made = [("SCRIP_CURRENCY", "MDL"), ("SCRIP_TIME_ZONE", "Europe/Chisinau")];
        await using (var first = await ScripProcess.ServeAsync(storage, made))
        {
            Assert.Contains("scrip: site default in MDL, time zone Europe/Chisinau", first.Output);
            await first.Client.CreateAsync("""[{"code":"A"}]""");
            await first.TerminateAsync();
        }

        foreach (var command in new[]
        {
            new[] { "serve", "--urls", "http://127.0.0.1:0" }, ["migrate"], ["migrate", "--dry-run"], ["verify"], ["site", "list"],
        })
        {
            await RefusedAsync(
                command, "The database was created with the currency MDL, and the setting Currency is USD.", ("SCRIP_CURRENCY", "USD"));
            await RefusedAsync(
                command, "The database was created with the time zone Europe/Chisinau, and the setting TimeZone is UTC.", ("SCRIP_TIME_ZONE", "UTC"));
            await RefusedAsync(
                command,
                "The database was created with the currency MDL, and the setting Currency is EUR; with the time zone Europe/Chisinau, and the "
                + "setting TimeZone is Europe/Paris.",
                ("SCRIP_CURRENCY", "EUR"), ("SCRIP_TIME_ZONE", "Europe/Paris"));
        }
        Assert.Equal("MDL Europe/Chisinau", sites());

        foreach (var same in new (string, string)[][] { [], made, [made[0]], [made[1]] })
        {
            await using var again = await ScripProcess.ServeAsync(storage, same);
            Assert.Contains("scrip: site default in MDL, time zone Europe/Chisinau", again.Output);
            Assert.Equal("""[{"id":1,"code":"A","is_active":true,"value":0,"version":1}]""", await again.Client.ListAsync());
            await again.TerminateAsync();
            Assert.Equal(0, (await ScripProcess.RunAsync(["verify", "--storage", storage], same)).Status);
        }

        async Task RefusedAsync(string[] command, string reason, params (string, string)[] settings)
        {
            var (status, output, errors) = await ScripProcess.RunAsync([.. command, "--storage", storage], settings);
            Assert.Equal((1, "", $"scrip: {reason}{Advice}"), (status, output, errors));
        }
    }
}

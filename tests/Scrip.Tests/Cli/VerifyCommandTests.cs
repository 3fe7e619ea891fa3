using Scrip.Tests.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Cli;

public sealed class VerifyCommandTests
{
    [Fact]
    public async Task Its_status_says_whether_anything_differs()
    {
        using var database = new SqliteDatabase();
        string[] verify = ["verify", "--storage", database.Settings.ConnectionString];
        using (var past = new PastLedger(database.Settings.ConnectionString))
            past.At("2026-01-01T00:00:00Z", "create A=500", "redeem A 100 R1");
        const string site = "site default: certificates 1, redemptions 1, journal 2, outstanding 4.00 MDL; ";
        Assert.Equal((0, site + "no difference from the journal", ""), await ScripProcess.RunAsync(verify));

        database.Execute("update certificate set is_active = 0");
        Assert.Equal(
            (1, $"site default: Certificate 1: is_active is False; its entries give True.\n{site}differences 1", ""),
            await ScripProcess.RunAsync(verify));
    }
}

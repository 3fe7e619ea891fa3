using System.CommandLine;
using Scrip.Remote;
using Scrip.Server;
using Scrip.Server.Reports;
using Scrip.Storage;

namespace Scrip;

/// <summary><c>scrip verify</c>: status 0 if everything agrees with the journal, 1 otherwise.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var verify = new Command(
            "verify",
            "Recompute everything from the journal and report every difference. Only reads; a server may be running.")
        {
            StorageOption.Instance,
        };
        verify.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(StorageOption.Instance), cancellation));
        return verify.WithExamples("scrip verify --storage 'Data Source=/var/lib/scrip/scrip.db'");
    }

    private static async Task<int> RunAsync(string? storage, CancellationToken cancellationToken)
    {
        var options = ScripServer.ReadOptions([.. StorageOption.Settings(storage)]);
        using var store = Stores.OpenReadOnly(options.ToStoreSettings());
        return await LedgerVerification.RunAsync(store, Console.WriteLine, cancellationToken) == 0 ? 0 : 1;
    }
}

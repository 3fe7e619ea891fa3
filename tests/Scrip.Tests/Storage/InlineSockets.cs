using System.Diagnostics;
using Scrip.Storage;
using Scrip.Storage.Postgres;

namespace Scrip.Tests.Storage;

/// <summary>
/// Runs a read of the port in a separate process whose sockets complete inline as in <c>scrip serve</c>. The runtime reads that setting
/// once, and the tests' own work after a response would block the threads that receive.
/// </summary>
public static class InlineSockets
{
    /// <summary>Returns the process's exit status, 0 if the read succeeded, and its standard error.</summary>
    public static async Task<(int Status, string Errors)> RunAsync(TimeSpan limit, string storage, string read)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(InlineSockets).Assembly.Location, storage, read]) { RedirectStandardError = true };
        start.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        using var process = Process.Start(start)!;
        using var ending = new CancellationTokenSource(limit);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(ending.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            return (-1, "The read hangs.");
        }
        return (process.ExitCode, await errors);
    }

    /// <summary>The process's entry point. Test runners load the assembly and never call it.</summary>
    public static async Task Main(string[] arguments)
    {
        if (arguments is not [var storage, var read])
            return;
        using var store = PostgresStore.Open(new StoreSettings(storage, Currency: null, TimeZone: null), TimeProvider.System.GetUtcNow());
        // Runs on a pool thread, which a read that need not wait does not leave: once to prepare the statements, and once with them
        // prepared.
        await Task.Run(() => PortReads.All[read](store));
        await Task.Run(() => PortReads.All[read](store));
    }
}

using System.Diagnostics;
using Scrip.Storage;
using Scrip.Storage.Postgres;

namespace Scrip.Tests.Storage;

/// <summary>
/// Runs a read of the port in a process of its own, whose sockets complete inline as in <c>scrip serve</c>: the runtime reads that setting
/// once, and what tests themselves do after an answer would block the threads that receive.
/// </summary>
public static class InlineSockets
{
    /// <summary>Returns the process's exit status, 0 when the read has ended well, and what it wrote to standard error.</summary>
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

    /// <summary>What the process does; test runners load the assembly and never call it.</summary>
    public static async Task Main(string[] arguments)
    {
        if (arguments is not [var storage, var read])
            return;
        using var store = PostgresStore.Open(new StoreSettings(storage, Currency: null, TimeZone: null), TimeProvider.System.GetUtcNow());
        // From a thread of the pool, which a read that need not wait does not leave. Once to prepare the statements, and once with them prepared.
        await Task.Run(() => PortReads.All[read](store));
        await Task.Run(() => PortReads.All[read](store));
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Scrip.Bench.Databases;

/// <summary>A program of the machine, run to its end.</summary>
internal static class SystemCommand
{
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A folder that every user may enter.
            WorkingDirectory = "/",
        };
        using var process = Start(start);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? output : throw new BenchException($"{program} ended with {process.ExitCode}: {await errors}");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new BenchException($"{start.FileName} cannot be started: {failure.Message}", failure);
        }
    }
}

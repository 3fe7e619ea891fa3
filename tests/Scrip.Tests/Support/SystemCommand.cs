using System.Diagnostics;

namespace Scrip.Tests.Support;

/// <summary>A program of the machine, run to its end.</summary>
public static class SystemCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <exception cref="InvalidOperationException">The exit status was not 0; the message has the output.</exception>
    public static Task RunAsync(string program, params string[] arguments) => ReadAsync(program, arguments);

    /// <summary>Runs the program and returns its output.</summary>
    /// <exception cref="InvalidOperationException">The exit status was not 0; the message has the output.</exception>
    public static async Task<string> ReadAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
        return output;
    }
}

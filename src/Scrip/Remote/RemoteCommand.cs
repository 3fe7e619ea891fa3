using System.CommandLine;
using Scrip.Client;
using Scrip.Printing;
using Scrip.Server.Hosting;

namespace Scrip.Remote;

/// <summary>Makes a command one that calls a running server and prints the result.</summary>
internal static class RemoteCommand
{
    /// <summary>As long as a server may take for a request or for a list.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);

    public static Command CallsServer(this Command command, Func<ParseResult, ScripClient, OutputForm, CancellationToken, Task> action) =>
        command.CallsServer(async (parsed, client, form, cancellation) =>
        {
            await action(parsed, client, form, cancellation);
            return 0;
        });

    /// <param name="action">Returns the exit status.</param>
    public static Command CallsServer(
        this Command command, Func<ParseResult, ScripClient, OutputForm, CancellationToken, Task<int>> action)
    {
        OutputOptions.AddTo(command);
        ServerAddress.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var http = ServerAddress.Open(parsed, Patience);
            try
            {
                return await action(parsed, new ScripClient(http), OutputOptions.Read(parsed), cancellation);
            }
            catch (ScripProblemException refused) when (refused.Problem.Status == 401 && !ServerAddress.HasToken(http))
            {
                throw new SettingsException("The server requires a token: give it in SCRIP_TOKEN, or with --token-file.", refused);
            }
        });
        return command;
    }
}

using System.CommandLine;
using Scrip.Client;

namespace Scrip;

/// <summary>Makes a command one that a server executes: a running server, or one that is started for the command.</summary>
internal static class ServerCommand
{
    private static readonly Option<string?> Url = new("--url")
    {
        Description = "The running server to ask, with the token in SCRIP_ADMIN_TOKEN. Without it the command opens the data itself, "
            + "and no server may be using the data.",
        HelpName = "address",
    };

    public static Command CarriedOutByServer(this Command command, Func<ParseResult, ScripClient, CancellationToken, Task> action)
    {
        command.Add(Url);
        command.Add(StorageOption.Instance);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(Url) is not null && parsed.GetResult(StorageOption.Instance) is not null)
                parsed.AddError("--url and --storage cannot be combined.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var server = parsed.GetValue(Url) is { } url
                ? CommandServer.Running(url)
                : await CommandServer.StartAsync(parsed.GetValue(StorageOption.Instance), cancellation);
            await action(parsed, server.Client, cancellation);
        });
        return command;
    }
}

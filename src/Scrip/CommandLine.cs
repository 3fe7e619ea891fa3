using System.CommandLine;
using System.Data.Common;
using System.Text.Json;
using Scrip.Client;
using Scrip.Printing;
using Scrip.Server.Hosting;
using Scrip.Storage;

namespace Scrip;

/// <summary>
/// Runs a command. A mistake of the operator ends in one line on standard error: status 2 if the command line is invalid, 1 if the command
/// cannot be executed, 3 if the server did not answer, so that the outcome is not known. Anything else is a defect and ends with its stack
/// trace.
/// </summary>
internal static class CommandLine
{
    private const int CannotBeDone = 1;
    private const int NotUnderstood = 2;
    private const int NoAnswer = 3;

    public static async Task<int> RunAsync(RootCommand root, string[] arguments)
    {
        // An argument like @name is a name, not a file to read arguments from.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (FindMistake(arguments, parsed) is { } mistake)
        {
            await RefuseAsync(mistake);
            return NotUnderstood;
        }
        // The server itself handles stop signals and decides how long stopping may take.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (OutputClosedException)
        {
            // Nobody reads any more, and nothing is wrong.
            return 0;
        }
        catch (Exception fault) when (Describe(fault) is { } refusal)
        {
            await RefuseAsync(refusal);
            return IsNoAnswer(fault) ? NoAnswer : CannotBeDone;
        }
    }

    private static string? FindMistake(string[] arguments, ParseResult parsed)
    {
        if (arguments.Any(argument => argument.Contains('\uFFFD')))
            return "An argument is not UTF-8.";
        if (parsed.Errors.Count == 0)
            return null;
        var command = parsed.CommandResult.Command;
        var help = command is RootCommand ? "scrip --help" : $"scrip {string.Join(' ', NamesOf(parsed.CommandResult))} --help";
        return $"{string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct())} See {help}.";
    }

    private static IEnumerable<string> NamesOf(System.CommandLine.Parsing.CommandResult result) =>
        result.Command is RootCommand ? [] : [.. NamesOf((System.CommandLine.Parsing.CommandResult)result.Parent!), result.Command.Name];

    /// <summary>Returns null for a defect.</summary>
    private static string? Describe(Exception fault) => fault switch
    {
        SettingsException or StorageSetupException or ScripProblemException => fault.Message,
        StorageException or DbException => $"The database cannot be used: {fault.Message}",
        // The response broke off.
        HttpIOException => $"The server's response is incomplete: {fault.Message}",
        UnauthorizedAccessException or IOException => fault.Message,
        // A settings file that is not JSON: the line names it and the place in it.
        InvalidDataException => $"{fault.Message} {fault.GetBaseException().Message}",
        HttpRequestException => $"The server does not respond: {fault.Message}",
        JsonException => $"The server that responded is not Scrip: {fault.Message}",
        OperationCanceledException { InnerException: TimeoutException } => "The server did not respond in time.",
        OperationCanceledException => "The command was interrupted.",
        _ => null,
    };

    private static bool IsNoAnswer(Exception fault) => fault switch
    {
        HttpRequestException or HttpIOException => true,
        OperationCanceledException { InnerException: TimeoutException } => true,
        // A gateway's word for a server that does not respond.
        ScripProblemException { Problem.Status: 502 or 504 } => true,
        _ => false,
    };

    private static Task RefuseAsync(string line) => Console.Error.WriteLineAsync($"scrip: {line.ReplaceLineEndings(" ")}");
}

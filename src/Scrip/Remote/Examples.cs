using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Scrip.Remote;

/// <summary>Examples below a command's help.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, string[]> OfCommands = [];

    public static Command WithExamples(this Command command, params string[] examples)
    {
        OfCommands.Add(command, examples);
        return command;
    }

    /// <summary>Makes the help of every command end with its examples.</summary>
    public static void ShowIn(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var status = help.Invoke(parseResult);
            if (OfCommands.TryGetValue(parseResult.CommandResult.Command, out var examples))
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine(examples.Length == 1 ? "Example:" : "Examples:");
                foreach (var example in examples)
                    output.WriteLine($"  {example}");
                output.WriteLine();
            }
            return status;
        }
    }
}

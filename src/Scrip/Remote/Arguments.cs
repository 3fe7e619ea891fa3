using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Scrip.Server.Http;

namespace Scrip.Remote;

/// <summary>Options and arguments whose values are checked in one manner: a wrong one is one sentence that names the option.</summary>
internal static class Arguments
{
    /// <summary>More choices than these would make the column of options too wide.</summary>
    private const int FewChoices = 5;

    private const string TimeExample = "2027-01-01T00:00:00Z";

    public static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName, CustomParser = ParseText };

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<long?> Number(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument => ParseNumber(name, argument),
    };

    public static long ParseNumber(string name, ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            argument.AddError($"{name} must be a whole number, not {text}.");
        return number;
    }

    /// <summary>A time that the server compares, as RFC 3339.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (InstantText.TryParseRfc3339(text, out var instant))
                return instant;
            argument.AddError($"{name} must be a time like {TimeExample}, not {text}.");
            return null;
        },
    };

    /// <summary>A text, because an option of a truth value would be a flag.</summary>
    public static Option<string?> YesOrNo(string name, string description) => Choice(name, description, "yes", "no");

    public static bool? IsYes(string? text) => text is null ? null : text == "yes";

    public static Option<string?> Choice(string name, string description, params string[] choices) => new(name)
    {
        Description = choices.Length <= FewChoices ? description : $"{description} One of {string.Join(", ", choices)}.",
        HelpName = choices.Length <= FewChoices ? string.Join('|', choices) : "name",
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (!choices.Contains(text))
                argument.AddError($"{name} must be one of {string.Join(", ", choices)}, not {text}.");
            return text;
        },
    };

    public static Argument<long> Id(string description) => new("id") { Description = description, CustomParser = ParseId };

    /// <summary>A code, or <c>-</c> for the first line of standard input, which no other user of the machine sees.</summary>
    public static string ReadCode(string argument)
    {
        if (argument != "-")
            return argument;
        return Console.In.ReadLine() ?? throw new Server.Hosting.SettingsException("Standard input has no code.");
    }

    public static long ParseId(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            argument.AddError($"The id is a number, not {text}.");
        return id;
    }

    private static string? ParseText(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        // The server would take an empty parameter for a mistake as well.
        if (text.Length == 0)
            argument.AddError($"{((OptionResult)argument.Parent!).IdentifierToken!.Value} must not be empty.");
        return text;
    }
}

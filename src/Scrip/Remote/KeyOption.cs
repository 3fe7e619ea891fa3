using System.CommandLine;
using System.Security.Cryptography;
using Scrip.Ledger;
using Scrip.Printing;
using Command = System.CommandLine.Command;

namespace Scrip.Remote;

/// <summary><c>--key</c>, for every command that writes: the same command with the same key is carried out once.</summary>
internal static class KeyOption
{
    private const int RandomCharacters = 32;

    private static readonly Option<string?> Key = Create(
        "The Idempotency-Key: the same command with the same key is carried out once, and prints the same again. Without it, a new key is "
        + "made, and printed on standard error before anything is sent.");

    public static Option<string?> Create(string description) => new("--key")
    {
        Description = description,
        HelpName = "text",
        CustomParser = argument =>
        {
            var text = argument.Tokens[0].Value;
            if (!IdempotencyKey.TryParse(text, out _))
                argument.AddError($"--key must be 1 to {IdempotencyKey.MaxLength} ASCII characters.");
            return text;
        },
    };

    public static Command TakesKey(this Command command)
    {
        command.Add(Key);
        return command;
    }

    /// <summary>Returns the key of the command line, or makes one and says how to repeat the command with it.</summary>
    public static string Read(ParseResult parsed)
    {
        if (parsed.GetValue(Key) is { } given)
            return given;
        var made = RandomNumberGenerator.GetHexString(RandomCharacters, lowercase: true);
        ErrorLine.Write($"The key is {made}. If there is no response, repeat the command with --key {made}: it is carried out once.");
        return made;
    }
}

namespace Scrip.Tests.Support;

/// <summary>A test that needs a program of the machine, and root, as which it changes what the process of another account may do.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute(string program) : RequirementFactAttribute(() => FindMissing(program))
{
    private static string? FindMissing(string program) =>
        !Environment.IsPrivilegedProcess ? "This test must run as root."
        : !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)))
            ? $"{program} is not installed."
            : null;
}

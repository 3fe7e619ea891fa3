namespace Scrip.Tests.Support;

/// <summary>A test that needs a program of the machine, and root to restrict a process of another account.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute(string program) : RequirementFactAttribute(() => FindMissing(program))
{
    private static string? FindMissing(string program) =>
        !Environment.IsPrivilegedProcess ? "This test must run as root."
        : !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)))
            ? $"{program} is not installed."
            : null;
}

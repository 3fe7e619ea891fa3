using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>A rule about what git tracks. An unpacked archive of the source has no git.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GitFactAttribute() : RequirementFactAttribute(FindMissing)
{
    private static string? FindMissing() =>
        Path.Exists(Path.Combine(SourceTree.Root, ".git")) ? null : "This tree is no git work tree.";
}

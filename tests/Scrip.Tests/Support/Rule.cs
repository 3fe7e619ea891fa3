namespace Scrip.Tests.Support;

internal static class Rule
{
    /// <summary>Fails with every violation, not with the first few.</summary>
    public static void HasNo(IEnumerable<string> violations)
    {
        var all = string.Join('\n', violations);
        Assert.True(all.Length == 0, all);
    }
}

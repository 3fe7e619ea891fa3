namespace Scrip.Tests.Support;

/// <summary>
/// A test that needs something of the machine. Where that is missing the test is skipped with the reason; in CI it runs all the same, and
/// fails, so that nothing is ever left out there unseen.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RequirementFactAttribute : FactAttribute
{
    protected RequirementFactAttribute(Func<string?> findMissing)
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
            Skip = findMissing();
    }
}

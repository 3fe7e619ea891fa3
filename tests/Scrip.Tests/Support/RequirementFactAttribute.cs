namespace Scrip.Tests.Support;

/// <summary>
/// A test with requirements on the machine. If they are not met, the test is skipped with the reason. In CI it runs anyway, and fails, so
/// that nothing is skipped there unnoticed.
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

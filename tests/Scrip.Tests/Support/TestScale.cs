using System.Globalization;
using Xunit.Abstractions;

namespace Scrip.Tests.Support;

/// <summary>How much a test does: little in a usual run, as much as wanted by the environment.</summary>
public static class TestScale
{
    /// <summary><c>SCRIP_TEST_SEED</c>, or another one each time; written where a failure shows it.</summary>
    public static int Seed(ITestOutputHelper output)
    {
        var seed = Setting("SCRIP_TEST_SEED") ?? Environment.TickCount & 0xFFFFFF;
        output.WriteLine($"SCRIP_TEST_SEED={seed}");
        return seed;
    }

    /// <summary><c>SCRIP_TEST_SEEDS</c>: how many seeds a simulation takes.</summary>
    public static int Seeds(int usual) => Setting("SCRIP_TEST_SEEDS") ?? usual;

    /// <summary><c>SCRIP_TEST_ROUNDS</c>: how often something is killed.</summary>
    public static int Rounds(int usual) => Setting("SCRIP_TEST_ROUNDS") ?? usual;

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : null;
}

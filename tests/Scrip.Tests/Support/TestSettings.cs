using System.Globalization;
using Xunit.Abstractions;

namespace Scrip.Tests.Support;

/// <summary>Environment variables for people who run the tests.</summary>
public static class TestSettings
{
    /// <summary><c>SCRIP_TEST_ROUNDS</c>, for tests that show more the longer they run.</summary>
    public static int Rounds(int byDefault) => Number("SCRIP_TEST_ROUNDS") ?? byDefault;

    /// <summary><c>SCRIP_TEST_SEEDS</c>: the number of seeds of a simulation.</summary>
    public static int Seeds(int byDefault) => Number("SCRIP_TEST_SEEDS") ?? byDefault;

    /// <summary><c>SCRIP_TEST_SEED</c>, or a random seed that is printed.</summary>
    public static int Seed(ITestOutputHelper output)
    {
        var seed = Number("SCRIP_TEST_SEED") ?? Environment.TickCount & 0xFFFFFF;
        output.WriteLine($"SCRIP_TEST_SEED={seed}");
        return seed;
    }

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : null;
}

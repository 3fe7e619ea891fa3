using System.Globalization;
using Xunit.Abstractions;

namespace Scrip.Tests.Support;

/// <summary>What whoever runs the tests may set, in the environment.</summary>
public static class TestSettings
{
    /// <summary><c>SCRIP_TEST_ROUNDS</c>, for tests that show the more the longer they run.</summary>
    public static int Rounds(int byDefault) => Number("SCRIP_TEST_ROUNDS") ?? byDefault;

    /// <summary><c>SCRIP_TEST_SEEDS</c>: how many seeds a simulation takes.</summary>
    public static int Seeds(int byDefault) => Number("SCRIP_TEST_SEEDS") ?? byDefault;

    /// <summary><c>SCRIP_TEST_SEED</c>, or one that the output names.</summary>
    public static int Seed(ITestOutputHelper output)
    {
        var seed = Number("SCRIP_TEST_SEED") ?? Environment.TickCount & 0xFFFFFF;
        output.WriteLine($"SCRIP_TEST_SEED={seed}");
        return seed;
    }

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : null;
}

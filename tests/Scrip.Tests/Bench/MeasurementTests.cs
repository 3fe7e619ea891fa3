using System.Text.Json;
using Scrip.Bench.Results;

namespace Scrip.Tests.Bench;

public sealed class MeasurementTests
{
    [Theory]
    [InlineData(1_000, true)]
    [InlineData(900, false)]
    public void MeetsItsGoalWhereTheMedianIsAsManyTimesTheReference(double median, bool meets)
    {
        var measurement = Against(Reference.EfCore([1, 200, 500], goal: 5), median);

        Assert.Equal(median / 200, measurement.BaselineRatio);
        Assert.Equal(meets, measurement.MeetsGoals);
    }

    [Fact]
    public void HasNoRatioToASideThatAnsweredNothing()
    {
        var measurement = Against(Reference.EfCore([0], goal: 5), median: 1_000);

        Assert.Null(measurement.BaselineRatio);
        Assert.False(measurement.MeetsGoals);
        // JSON cannot represent an infinite number.
        Assert.NotEmpty(JsonSerializer.Serialize(measurement));
    }

    private static Measurement Against(Reference baseline, double median) =>
        new("redeem-many", "SQLite", "64 clients", "/s", [1, median, 1_000_000]) { Baseline = baseline };
}

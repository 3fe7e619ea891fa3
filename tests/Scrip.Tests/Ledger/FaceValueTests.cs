using Scrip.Ledger.Certificates;

namespace Scrip.Tests.Ledger;

public sealed class FaceValueTests
{
    [Theory]
    [InlineData(long.MinValue, false)]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(1_000_000_000_000, true)]
    [InlineData(1_000_000_000_001, false)]
    [InlineData(long.MaxValue, false)]
    public void A_face_value_is_0_to_a_million_million_units(long units, bool isInRange) =>
        Assert.Equal(isInRange, FaceValue.IsInRange(units));
}

namespace Scrip.Tests.Support;

public static class Instants
{
    /// <summary>An instant in the stored precision of microseconds.</summary>
    public static readonly DateTimeOffset Start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(6_789_010);

    public static DateTimeOffset Later(int seconds) => Start.AddSeconds(seconds);
}

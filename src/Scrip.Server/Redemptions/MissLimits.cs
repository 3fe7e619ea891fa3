namespace Scrip.Server.Redemptions;

/// <summary>How many codes that name no certificate one token, or one address, may send.</summary>
internal sealed record MissLimits(int PerMinute, int PerDay);

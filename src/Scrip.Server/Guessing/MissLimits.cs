namespace Scrip.Server.Guessing;

/// <summary>How many codes that match no certificate one customer, or one token, may send.</summary>
internal sealed record MissLimits(int PerMinute, int PerDay);

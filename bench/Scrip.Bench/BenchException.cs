namespace Scrip.Bench;

/// <summary>The server made a measurement worthless: another status, another row count or an early end.</summary>
internal sealed class BenchException(string message, Exception? cause = null) : Exception(message, cause);

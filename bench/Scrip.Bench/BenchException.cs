namespace Scrip.Bench;

/// <summary>The server did something that makes a measurement worthless: another status, another row count, an early end.</summary>
internal sealed class BenchException(string message, Exception? cause = null) : Exception(message, cause);

namespace Scrip.Bench.Server;

/// <summary>A program that answers HTTP, as published.</summary>
/// <param name="Verbs">What stands first on its command line.</param>
/// <param name="FirstPath">Whatever it answers here below 500, it is up.</param>
internal sealed record ServerProgram(string Name, string Executable, string[] Verbs, string FirstPath);

namespace Scrip.Bench.Server;

/// <summary>A published program that serves HTTP.</summary>
/// <param name="Verbs">The first words of its command line.</param>
/// <param name="FirstPath">The path whose first response below 500 shows that the program is up.</param>
internal sealed record ServerProgram(string Name, string Executable, string[] Verbs, string FirstPath);

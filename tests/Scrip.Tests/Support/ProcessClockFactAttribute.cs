namespace Scrip.Tests.Support;

/// <summary>A test that sets the clock of a process.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcessClockFactAttribute() : RequirementFactAttribute(ProcessClock.FindMissing);

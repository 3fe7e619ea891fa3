namespace Scrip.Tests.Support;

/// <summary>A test that needs its own PostgreSQL server, to kill it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresServerFactAttribute() : RequirementFactAttribute(PostgresServer.FindMissing);

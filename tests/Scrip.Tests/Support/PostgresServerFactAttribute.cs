namespace Scrip.Tests.Support;

/// <summary>A test that needs a PostgreSQL server of its own, to kill it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresServerFactAttribute() : RequirementFactAttribute(PostgresServer.FindMissing);

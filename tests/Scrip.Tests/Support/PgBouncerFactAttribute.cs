namespace Scrip.Tests.Support;

/// <summary>A test that needs PostgreSQL and pgbouncer in front of it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PgBouncerFactAttribute() : RequirementFactAttribute(PgBouncer.FindMissing);

namespace Scrip.Tests.Support;

/// <summary>A test that needs PostgreSQL behind a pgbouncer.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PgBouncerFactAttribute() : RequirementFactAttribute(PgBouncer.FindMissing);

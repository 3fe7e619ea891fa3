namespace Scrip.Tests.Support;

/// <summary>A test that needs PostgreSQL, Patroni and etcd.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PatroniFactAttribute() : RequirementFactAttribute(PatroniCluster.FindMissing);

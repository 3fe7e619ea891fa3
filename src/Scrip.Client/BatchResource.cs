namespace Scrip.Client;

/// <summary>Certificates that one call made.</summary>
/// <param name="Source"><c>bulk-create</c>, <c>generated</c> or <c>imported</c>.</param>
/// <param name="Certificates">The number of certificates.</param>
/// <param name="Value">What they were issued for together, in whole units of the site's currency.</param>
/// <param name="CreatedBy">The token or person who made the batch, such as <c>token:7</c>.</param>
public sealed record BatchResource(
    long Id, string Name, string Source, long Certificates, long Value, DateTimeOffset CreatedAt, string CreatedBy);

/// <param name="Name">At most 100 characters.</param>
public sealed record BatchNameRequest(string Name);

using Scrip.Ledger.Access;

namespace Scrip.Server.Auth;

/// <summary>Scopes as callers read and write them.</summary>
internal static class ScopeNames
{
    private static readonly (Scopes Scope, string Name)[] Names =
    [
        (Scopes.CertificatesRead, "certificates:read"),
        (Scopes.CertificatesWrite, "certificates:write"),
        (Scopes.RedemptionsWrite, "redemptions:write"),
        (Scopes.ReportsRead, "reports:read"),
        (Scopes.Admin, "admin"),
    ];

    public static IEnumerable<string> Known => Names.Select(known => known.Name);

    public static string All => string.Join(", ", Known);

    public static string Of(Scopes single) => Names.Single(known => known.Scope == single).Name;

    public static IReadOnlyList<string> List(Scopes scopes) =>
        [.. Names.Where(known => scopes.HasFlag(known.Scope)).Select(known => known.Name)];

    public static bool TryParse(string name, out Scopes scope)
    {
        scope = Names.FirstOrDefault(known => known.Name == name).Scope;
        return scope != Scopes.None;
    }
}

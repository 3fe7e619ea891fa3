using Scrip.Ledger.Access;

namespace Scrip.Server.Auth;

/// <summary>The names of scopes in requests and responses.</summary>
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

    /// <summary>Lists alternatives for a sentence: <c>a, b or c</c>.</summary>
    public static string AnyOf(Scopes scopes) => List(scopes) switch
    {
        [] => "admin",
        [var only] => only,
        [.. var first, var last] => $"{string.Join(", ", first)} or {last}",
    };

    public static string[] List(Scopes scopes) =>
        [.. Names.Where(known => scopes.HasFlag(known.Scope)).Select(known => known.Name)];

    public static bool TryParse(string name, out Scopes scope)
    {
        scope = Names.FirstOrDefault(known => known.Name == name).Scope;
        return scope != Scopes.None;
    }
}

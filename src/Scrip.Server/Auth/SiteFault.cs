using Scrip.Ledger.Access;
using Scrip.Server.Http;

namespace Scrip.Server.Auth;

/// <summary>
/// Detects what keeps this server from serving a site: something in its row that requires a newer version, or a machine with newer time
/// zone data. Other sites are served.
/// </summary>
internal static class SiteFault
{
    /// <summary>Returns null for a site that can be served.</summary>
    public static string? Find(Site site) =>
        !site.Currency.IsKnown ? $"this version of Scrip does not know its currency {site.Currency.Code}."
        : !TimeZones.IsKnown(site.TimeZone) ? $"this machine does not know its time zone {site.TimeZone}."
        : null;
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scrip.Server.Hosting;
using IPNetwork = System.Net.IPNetwork;

namespace Scrip.Server.Auth;

/// <summary>
/// Takes the caller's address from a forwarding header, but only if the operator has named the proxy. Anybody else could put any address
/// there.
/// </summary>
internal static class TrustedProxies
{
    public static void UseTrustedProxies(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<IOptions<ScripOptions>>().Value.TrustedProxies is not { Length: > 0 } setting)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many as are trusted, one behind the other.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Parse(setting))
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <exception cref="SettingsException">An item is neither an address nor a network.</exception>
    public static IReadOnlyList<IPNetwork> Parse(string setting) =>
        [.. setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParseOne)];

    private static IPNetwork ParseOne(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        if (IPAddress.TryParse(text, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        throw new SettingsException(
            $"A setting is invalid: TrustedProxies must be addresses or networks such as 10.0.0.0/8, not {text}.");
    }
}

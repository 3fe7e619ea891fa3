using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scrip.Ledger;
using Scrip.Server.Auth;
using Scrip.Server.Hosting;
using Scrip.Server.Http;

namespace Scrip.Server;

/// <summary>Reads the settings and refuses unknown and invalid ones.</summary>
internal static class ScripSettings
{
    private static readonly IReadOnlyList<string> Known = [.. typeof(ScripOptions).GetProperties().Select(property => property.Name)];

    public static void AddScripSettings(this WebApplicationBuilder builder)
    {
        // Before the command line, which has the last word but is not the last source: the framework adds some of its own after it.
        var sources = ((IConfigurationBuilder)builder.Configuration).Sources;
        var commandLine = sources.OfType<CommandLineConfigurationSource>().LastOrDefault();
        var place = commandLine is null ? sources.Count : sources.IndexOf(commandLine);
        sources.Insert(place, new MemoryConfigurationSource { InitialData = EnvironmentSettings.Read(Known).Settings });
        // Addresses may also be configured with their certificates, in the section that Kestrel reads by itself.
        var hasEndpoints = builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && !hasEndpoints)
            builder.Configuration["urls"] = ScripServer.DefaultUrl;

        RefuseUnknown(builder.Configuration);
        var options = Read(builder.Configuration.GetSection(ScripOptions.Section));
        builder.Services.AddSingleton(Options.Create(options));
    }

    /// <summary>Finds the variables that this server ignores, each as a line for the operator.</summary>
    public static IReadOnlyList<string> FindIgnored() => EnvironmentSettings.Read(Known).Ignored;

    /// <summary>
    /// Refuses a mistyped name in a file or on the command line. The environment is not the operator's alone: Kubernetes and Docker add
    /// their own variables to it (<see cref="FindIgnored"/>).
    /// </summary>
    private static void RefuseUnknown(IConfigurationRoot configuration)
    {
        var unknown = configuration.Providers.Where(provider => provider is not EnvironmentVariablesConfigurationProvider)
            .SelectMany(provider => provider.GetChildKeys([], ScripOptions.Section))
            .Except(Known, StringComparer.OrdinalIgnoreCase).ToList();
        if (unknown.Count > 0)
            throw new SettingsException($"Unknown setting {string.Join(", ", unknown)}. Known settings: {string.Join(", ", Known)}.");
    }

    private static ScripOptions Read(IConfigurationSection section)
    {
        var options = new ScripOptions();
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException wrong)
        {
            throw new SettingsException($"A setting is invalid: {wrong.Message}", wrong);
        }
        if (new ScripOptionsValidator().Validate(name: null, options) is { Failed: true, Failures: var faults })
            throw new SettingsException("A setting is invalid: " + string.Join(" ", faults.Select(WithoutType)));
        if (options.Currency is { } currency && !Currency.TryCreate(currency, out _))
        {
            throw new SettingsException(
                $"A setting is invalid: Currency must be a code of ISO 4217, such as MDL, not {currency}.");
        }
        if (options.TimeZone is { } timeZone && !TimeZones.IsKnown(timeZone))
        {
            throw new SettingsException(
                "A setting is invalid: TimeZone must be an IANA name that this machine knows, such as Europe/Chisinau, "
                + $"not {timeZone}.");
        }
        _ = TrustedProxies.Parse(options.TrustedProxies ?? "");
        return options;
    }

    /// <summary>Removes the setting's name before each generated message, and the class name inside it.</summary>
    private static string WithoutType(string fault) => fault[(fault.IndexOf(": ", StringComparison.Ordinal) + 2)..]
        .Replace(nameof(ScripOptions) + ".", "", StringComparison.Ordinal);
}

/// <summary>
/// Checks the attributes of <see cref="ScripOptions"/>. It is generated, because a native executable lacks their metadata.
/// </summary>
[OptionsValidator]
internal sealed partial class ScripOptionsValidator : IValidateOptions<ScripOptions>;

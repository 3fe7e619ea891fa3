using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Scrip.Server.Auth;
using Scrip.Server.Certificates;
using Scrip.Server.Entries;
using Scrip.Server.Guessing;
using Scrip.Server.Health;
using Scrip.Server.Holds;
using Scrip.Server.Hosting;
using Scrip.Server.Http;
using Scrip.Server.Issuing;
using Scrip.Server.Logging;
using Scrip.Server.OpenApi;
using Scrip.Server.Problems;
using Scrip.Server.Redemptions;
using Scrip.Server.Reports;
using Scrip.Server.Sites;
using Scrip.Server.Tokens;
using Scrip.Server.WhoAmI;
using Scrip.Storage;
using Scrip.Storage.Pipeline;

namespace Scrip.Server;

/// <summary>Builds the server for the program, the tests and the benchmarks.</summary>
public static class ScripServer
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>
    /// Settings are read once. Watching their files would mean watching every folder below the working directory, which may be /.
    /// </summary>
    private const string DoNotWatch = "--hostBuilder:reloadConfigOnChange=false";

    /// <exception cref="SettingsException">A setting is invalid; one line for the operator.</exception>
    /// <exception cref="StorageSetupException">The storage is unusable; one line for the operator.</exception>
    public static Task<WebApplication> BuildAsync(WebApplicationOptions hostOptions, CancellationToken cancellationToken) =>
        BuildAsync(hostOptions, TimeProvider.System, cancellationToken);

    /// <summary>Builds a server that uses the caller's clock.</summary>
    /// <exception cref="SettingsException">A setting is invalid; one line for the operator.</exception>
    /// <exception cref="StorageSetupException">The storage is unusable; one line for the operator.</exception>
    public static async Task<WebApplication> BuildAsync(
        WebApplicationOptions hostOptions, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [DoNotWatch, .. hostOptions.Args ?? []],
            EnvironmentName = hostOptions.EnvironmentName,
        });
        builder.AddScripSettings();
        builder.WebHost.UseSockets(KestrelLimits.Apply);
        builder.Logging.AddScripDefaults();
        AddServices(builder.Services, time);

        var app = builder.Build();
        try
        {
            app.UseScrip();
            app.MapScrip();
            app.Services.GetRequiredService<RefusedRequests>().Subscribe(app.Services.GetRequiredService<DiagnosticListener>());
            if (await app.Services.GetRequiredService<DatabaseWait>().TryAsync(cancellationToken))
                RefuseUnknownTimeZones(app.Services.GetRequiredService<AccessDirectory>());
            // It counts the open files, which now include those of the store.
            _ = app.Services.GetRequiredService<ConnectionLimit>();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the settings that a server with these arguments would have, for commands that need no server.</summary>
    /// <exception cref="SettingsException">A setting is invalid; one line for the operator.</exception>
    public static ScripOptions ReadOptions(string[] arguments)
    {
        var builder = WebApplication.CreateBuilder([DoNotWatch, .. arguments]);
        builder.AddScripSettings();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<ScripOptions>>().Value;
    }

    /// <summary>
    /// Refuses to start with such a site. A site that another server creates later is refused on its own; see
    /// <see cref="AccessDirectory.FindFault"/>.
    /// </summary>
    private static void RefuseUnknownTimeZones(AccessDirectory directory)
    {
        if (directory.Sites.FirstOrDefault(site => !TimeZones.IsKnown(site.TimeZone)) is { } site)
        {
            throw new SettingsException(
                $"This machine does not know the time zone {site.TimeZone} of the site {site.Name}. "
                + "Install the time zone data (Debian: the package tzdata).");
        }
    }

    private static void AddServices(IServiceCollection services, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddSingleton<ConnectionLimit>();
        services.AddOptions<KestrelServerOptions>().Configure<ConnectionLimit>(KestrelLimits.Apply);
        // The factory registered last is the one that listens.
        services.AddSingleton<IConnectionListenerFactory, ListenerFactory>();
        services.AddSingleton(OpenStore);
        services.AddSingleton<ILedgerReader>(provider => provider.GetRequiredService<IStore>());
        services.AddSingleton(provider => new WritePipeline(
            provider.GetRequiredService<IStore>(), provider.GetRequiredService<TimeProvider>(), new PipelineSettings()));
        services.AddSingleton<AccessDirectory>();
        services.AddSingleton<DatabaseWait>();
        services.AddHostedService(provider => provider.GetRequiredService<DatabaseWait>());
        services.AddHostedService<AccessWatch>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<BulkGate>();
        services.AddSingleton(RandomNumberGenerator.Create());
        services.AddSingleton<HoldExpiry>();
        services.AddSingleton<GuessingGuard>();
        services.AddSingleton<LiabilityReader>();
        services.AddHostedService<HoldExpiryJob>();
        services.AddSingleton<ReadinessProbe>();
        services.AddSingleton<ClockComparison>();
        services.AddHostedService<ClockWatch>();
        services.AddHostedService<MemoryReturn>();
        services.AddSingleton<RefusedRequests>();
        services.AddRouting();
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, FileForm.CsvType];
        });
        services.AddSingleton<IResponseCompressionProvider, ListCompression>();
        services.AddScripRateLimit();
        services.AddSingleton<ApiDocument>();
    }

    private static void UseScrip(this WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseTrustedProxies();
        app.UseMiddleware<FramingGuard>();
        app.UseScripDocs();
        app.UseRouting();
        app.Use(app.Services.GetRequiredService<Authenticator>().IdentifyAsync);
        app.UseRateLimiter();
        app.UseMiddleware<AccessMiddleware>();
        app.UseMiddleware<PercentEncoding>();
        app.UseResponseCompression();
    }

    private static void MapScrip(this WebApplication app)
    {
        var routes = app.MapGroup("").WithHead();
        routes.MapCertificates();
        routes.MapWriteOffs();
        routes.MapBatches();
        routes.MapGenerate();
        routes.MapImport();
        routes.MapRedemptions();
        routes.MapEntries();
        routes.MapLiability();
        routes.MapWhoAmI();
        routes.MapTokens();
        routes.MapSites();
        routes.MapHealth();
        routes.MapApiDocument();
        routes.MapProblemTypes();
    }

    private static IStore OpenStore(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ScripOptions>>().Value;
        var settings = options.ToStoreSettings();
        return Stores.Open(settings, provider.GetRequiredService<TimeProvider>().GetUtcNow());
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using Scrip.Remote;
using Scrip.Server;
using Scrip.Storage;

namespace Scrip;

/// <summary>
/// <c>scrip migrate</c>, which prints one line per step. <c>scrip serve</c> does the same when it starts, except for the distribution.
/// </summary>
internal static class MigrateCommand
{
    private const string UpToDate = "The schema is up to date.";

    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what it would do and change nothing. A server may be running." };
        var distribute = new Option<Distribution>("--distribute")
        {
            Description = "Also distribute the tables over the workers of a cluster, by site: citus.",
            HelpName = "cluster",
            CustomParser = ParseDistribution,
        };
        var migrate = new Command("migrate", "Bring the database's schema up to date, as serve does too.")
        {
            dryRun,
            distribute,
            StorageOption.Instance,
        };
        migrate.SetAction(parsed =>
        {
            var storage = parsed.GetValue(StorageOption.Instance);
            var distribution = parsed.GetValue(distribute);
            if (parsed.GetValue(dryRun))
                Show(storage, distribution);
            else
                Run(storage, distribution);
        });
        return migrate.WithExamples("scrip migrate --dry-run");
    }

    private static Distribution ParseDistribution(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (text == "citus")
            return Distribution.Citus;
        argument.AddError($"--distribute takes citus, not {text}.");
        return Distribution.None;
    }

    private static void Run(string? storage, Distribution distribution)
    {
        var options = ScripServer.ReadOptions([.. StorageOption.Settings(storage)]);
        var now = TimeProvider.System.GetUtcNow();
        Migrations.Run(options.ToStoreSettings(), distribution, now, step => Console.WriteLine($"done: {step}"));
        Console.WriteLine(UpToDate);
    }

    private static void Show(string? storage, Distribution distribution)
    {
        var options = ScripServer.ReadOptions([.. StorageOption.Settings(storage)]);
        var pending = Migrations.FindPending(options.ToStoreSettings(), distribution);
        foreach (var step in pending)
            Console.WriteLine($"to do: {step}");
        Console.WriteLine(pending.Count == 0 ? UpToDate : "Nothing was changed.");
    }
}

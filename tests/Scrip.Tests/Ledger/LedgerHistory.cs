using System.Globalization;
using Scrip.Ledger;
using Scrip.Ledger.Redemptions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>A command with its time and its result.</summary>
internal sealed record LedgerStep(Command Command, DateTimeOffset At, Applied Applied)
{
    public object Outcome => Applied.Outcome;
}

/// <summary>
/// Executes rows of <see cref="RandomHistory"/> on a ledger in groups, as the write pipeline does: overdue holds end first.
/// </summary>
internal static class LedgerHistory
{
    public static List<LedgerStep> Run(string[] rows, MemoryLedger ledger)
    {
        var steps = new List<LedgerStep>();
        var group = new List<Command>();
        var now = Instants.Start;
        foreach (var row in rows.Append("expire").Append(RandomHistory.Commit))
        {
            if (row != RandomHistory.Commit && !row.StartsWith(RandomHistory.Wait, StringComparison.Ordinal))
            {
                group.Add(CommandText.Parse(row, identity: CommandText.Identity("key")));
                continue;
            }
            if (group.Count > 0)
                steps.AddRange(Run(group, ledger, now));
            group.Clear();
            if (row != RandomHistory.Commit)
                now = now.AddSeconds(int.Parse(row[RandomHistory.Wait.Length..], CultureInfo.InvariantCulture));
        }
        return steps;
    }

    private static List<LedgerStep> Run(List<Command> group, MemoryLedger ledger, DateTimeOffset now)
    {
        var state = ledger.Begin(group, now);
        ExpireHolds.Of(state.SiteId).ApplyTo(state, now);
        var steps = group.ConvertAll(command => new LedgerStep(command, now, command.ApplyTo(state, now)));
        ledger.Commit(state);
        return steps;
    }
}

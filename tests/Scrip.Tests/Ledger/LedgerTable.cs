using System.Globalization;
using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Ledger.Redemptions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>
/// A piece of a ledger's history as text, one row per event: the command, its outcome, and after a bar the new lines of the journal. The
/// rows share one state, like the commands of one group. Rows before the first event tell what is stored: <c>stored 1:A=500/on</c>, with
/// <c>spent</c> and <c>held</c> if any. The time is one second after <see cref="Instants.Start"/> until a row such as <c>at 60</c> changes
/// it.
/// </summary>
internal static class LedgerTable
{
    public static void Check(string table)
    {
        var rows = Squeezed(table).Split('\n').ToList();
        var stored = rows.TakeWhile(row => row.StartsWith("stored ", StringComparison.Ordinal)).Select(Stored).ToList();
        var events = rows[stored.Count..];
        var state = StateOf(stored);
        var now = Instants.Later(1);
        var happened = new List<string>();
        foreach (var row in events)
        {
            if (row.StartsWith("at ", StringComparison.Ordinal))
            {
                now = Instants.Start.AddSeconds(double.Parse(row["at ".Length..], CultureInfo.InvariantCulture));
                happened.Add(row);
            }
            else
            {
                happened.Add(Run(state, row[..row.IndexOf(" =>", StringComparison.Ordinal)], now));
            }
        }
        Assert.Equal(string.Join('\n', events), string.Join('\n', happened));
    }

    public static LedgerState StateOf(IReadOnlyCollection<Certificate> stored) => new(new LedgerContents
    {
        SiteId = Site.DefaultId,
        LastCertificateId = stored.Count,
        LastEntryId = stored.Count,
        Certificates = stored,
        Holders = stored.ToDictionary(certificate => certificate.Code, certificate => certificate.Id),
    });

    public static Certificate Stored(string row)
    {
        var words = row.Split(' ');
        var item = CommandText.Item(words[1]);
        var certificate = CommandText.AsNew(item);
        var id = long.Parse(item.Groups["id"].Value, CultureInfo.InvariantCulture);
        return new Certificate
        {
            Id = id,
            Code = certificate.Code,
            IsActive = certificate.IsActive,
            FaceValue = certificate.FaceValue,
            IssuedValue = certificate.FaceValue,
            Terms = certificate.Terms ?? CertificateTerms.Unlimited,
            Spent = Amount("spent"),
            Held = Amount("held"),
            Version = 1,
            CreatedAt = Instants.Start,
            CreatedBy = Actors.Operator,
            UpdatedAt = Instants.Start,
            IssuedEntryId = id,
            LastEntryId = id,
        };

        long Amount(string word) => long.Parse(CommandText.After(words, word) ?? "0", CultureInfo.InvariantCulture);
    }

    private static string Run(LedgerState state, string asked, DateTimeOffset now)
    {
        var entriesBefore = state.Entries.Count;
        var command = CommandText.Parse(asked, identity: CommandText.Identity("key"));
        var applied = command.ApplyTo(state, now);
        CheckReceipt(command, applied);
        var entries = string.Join(", ", state.Entries.Skip(entriesBefore).Select(OutcomeText.Of));
        return $"{asked} => {OutcomeText.Of(applied.Outcome)}{(entries.Length == 0 ? "" : " | ")}{entries}";
    }

    /// <summary>
    /// Checks the receipt: not found, a hold that is too long, a refused import and taken codes are decided anew each time; everything else is
    /// remembered.
    /// </summary>
    public static void CheckReceipt(Command command, Applied applied)
    {
        if (applied.Outcome is RedemptionOutcome { Verdict: RedemptionVerdict.NotFound or RedemptionVerdict.HoldExpiryOutOfRange }
            || (command, applied.Outcome) is (WriteOffCertificates, CertificatesOutcome { Verdict: CertificatesVerdict.NotFound })
            || applied.Outcome is ImportOutcome { IsAccepted: false }
            || (command, applied.Outcome) is (GenerateCertificates, CertificatesOutcome { Verdict: CertificatesVerdict.Conflict }))
            Assert.Null(applied.Receipt);
        else
            Assert.Equal(OutcomeText.Of(applied.Outcome), OutcomeText.Of(command.Recall(applied.Receipt!.Value)));
    }

    /// <summary>Joins lines and blanks: a line that begins with an arrow or a bar continues the line before it.</summary>
    private static string Squeezed(string table)
    {
        var lines = table.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        return string.Join('\n', lines).Replace("\n|", " |", StringComparison.Ordinal).Replace("\n=>", " =>", StringComparison.Ordinal);
    }
}

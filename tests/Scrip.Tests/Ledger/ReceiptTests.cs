using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

/// <summary>
/// A request and its receipt give the outcome again. The rows of every <see cref="LedgerTable"/> are checked for this too.
/// </summary>
public sealed class ReceiptTests
{
    private static readonly Site Default =
        new(Site.DefaultId, Site.DefaultName, Currency.FromStored("MDL"), "Europe/Chisinau", Instants.Start);

    public static TheoryData<string, string> Requests => new()
    {
        { "create", "Accepted" },
        { "create X=500/off Y=1000000000000000", "Accepted 5:X=500/off v1, 6:Y=1000000000000000/on v1" },
        { "create A X B", "Conflict(2) 0 CodeTaken 1, 2 CodeTaken 2" },
        { "update", "Accepted" },
        {
            "update 3:Z 1:A/off 2:C=1000000000000000 4:D=7/off",
            "Accepted 3:Z=0/on v2, 1:A=900/off v2, 2:C=1000000000000000/on v2, 4:D=7/off v2"
        },
        { "update 1:A", "Accepted 1:A=900/on v1" },
        { "update 3: 1:=950 4:E/v1", "Accepted 3:C3=0/on v1, 1:A=950/on v2, 4:E=0/on v2" },
        { "update 3:/v2 1:/v9223372036854775807 4:/v1", "PreconditionFailed(2) 0 VersionMismatch 1, 1 VersionMismatch 1" },
        { "update 99:A -9223372036854775808:B", "NotFound(2) 0 NotFound 99, 1 NotFound -9223372036854775808" },
        { "update 1:A if 9223372036854775807", "PreconditionFailed(1) 0 VersionMismatch 1" },
        { "update 1:B=1 2:A", "Conflict(1) 0 ValueBelowUsed 850" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Writes_of_certificates_are_recalled(string request, string outcome)
    {
        var state = LedgerTable.StateOf(
        [
            LedgerTable.Stored("stored 1:A=900 spent 800 held 50"),
            LedgerTable.Stored("stored 2:B"), LedgerTable.Stored("stored 3:C3"), LedgerTable.Stored("stored 4:D4"),
        ]);
        var command = CommandText.Parse(request, identity: CommandText.Identity("key"));
        var applied = command.ApplyTo(state, Instants.Start);
        Assert.Equal(outcome, OutcomeText.Of(applied.Outcome));
        Assert.Equal(outcome, OutcomeText.Of(command.Recall(applied.Receipt!.Value)));
    }

    [Fact]
    public void Writes_of_sites_and_tokens_are_recalled()
    {
        var identity = CommandText.Identity("key");
        Command[] commands =
        [
            new CreateSite("second", Currency.FromStored("KWD"), "Asia/Kuwait") { Origin = new(1, 0, identity) },
            new CreateSite("second", Currency.FromStored("KWD"), "Asia/Kuwait") { Origin = new(1, 0, identity) },
            new CreateApiToken("ERP", Scopes.Admin, new byte[32], null) { Origin = new(1, 0, identity) },
            new RevokeApiToken(1) { Origin = new(1, 0, identity) },
            new RevokeApiToken(2) { Origin = new(1, 0, identity) },
        ];
        var state = new LedgerState(new LedgerContents { SiteId = Site.DefaultId, Sites = [Default] });
        var outcomes = new List<object>();
        foreach (var command in commands)
        {
            var applied = command.ApplyTo(state, Instants.Start);
            Assert.Equal(applied.Outcome, command.Recall(applied.Receipt!.Value));
            outcomes.Add(applied.Outcome);
        }
        Assert.Equal(
            [
                new CreateSiteOutcome(CreateSiteVerdict.Created, state.NewSites[0]),
                new CreateSiteOutcome(CreateSiteVerdict.NameTaken, null),
                new ApiTokenCreated(1, Instants.Start),
                new RevokeApiTokenOutcome(RevokeApiTokenVerdict.Revoked),
                new RevokeApiTokenOutcome(RevokeApiTokenVerdict.NotFound),
            ],
            outcomes);
    }

    [Fact]
    public void Of_a_large_bulk_create_little_is_kept()
    {
        var request = $"create {string.Join(' ', Enumerable.Range(0, 10_000).Select(n => $"C{n}"))}";
        var command = CommandText.Parse(request, identity: CommandText.Identity("key"));
        var applied = command.ApplyTo(LedgerTable.StateOf([]), Instants.Start);
        Assert.InRange(applied.Receipt!.Value.Length, 1, 16);
        Assert.Equal(10_000, ((CertificatesOutcome)command.Recall(applied.Receipt!.Value)).Lines.Count);
    }

    [Fact]
    public void Without_a_key_nothing_is_kept() =>
        Assert.Null(CommandText.Parse("create A").ApplyTo(LedgerTable.StateOf([]), Instants.Start).Receipt);
}

using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

public abstract partial class StoreContractTests
{
    [Theory]
    [InlineData("1:A 2:B 3:C", "update 1:B 2:A")]
    [InlineData("1:A 2:B 3:C", "update 1:B 2:C 3:A")]
    [InlineData("1:A 2:B 3:C", "update 1:C 2:A 3:B")]
    [InlineData("1:A 2:B 3:C", "update 3:B 2:X 1:Y")]
    [InlineData("1:A 2:B 3:C", "update 1:X 2:A 3:B")]
    [InlineData("1:A 2:B 3:C", "update 1:X", "update 2:A", "update 1:B", "update 3:X 2:C 1:A")]
    [InlineData("1:A 2:B 3:C", "update 1:X", "update 1:A")]
    [InlineData("1:A 2:B 3:C", "update 1:X", "create A")]
    [InlineData("1:A 2:B 3:C", "create D", "update 4:E", "update 3:D", "create C")]
    [InlineData("1:A 2:B 3:C", "create D", "update 4:A 1:D", "update 2:A 4:B")]
    public async Task Codes_change_hands_in_one_commit(string stored, params string[] group)
    {
        var all = stored.Split(' ').Select(item => item[2..]);
        Write($"create {string.Join(' ', all)}");
        var outcomes = Write(group);
        Assert.All(outcomes, outcome => Assert.StartsWith("Accepted", outcome, StringComparison.Ordinal));
        // The final code of each id, according to the responses.
        var last = new SortedDictionary<long, string>(all.Index().ToDictionary(item => item.Index + 1L, item => item.Item));
        foreach (var line in outcomes.SelectMany(outcome => outcome["Accepted ".Length..].Split(", ")))
            last[long.Parse(line[..line.IndexOf(':', StringComparison.Ordinal)], null)] = line.Split(':', '=')[1];
        Assert.Equal(last.Values, (await ListAsync(CertificateQuery.Everything)).Select(certificate => certificate.Code));
        foreach (var (id, code) in last)
            Assert.Equal(id, Assert.Single(await ListAsync(new CertificateQuery { Code = code })).Id);
    }

    [Theory]
    [InlineData("Conflict(1) 0 CodeTaken 3", "update 1:C", "create A", "update 1:A")]
    [InlineData("Conflict(1) 0 CodeTaken 2", "update 1:C", "update 1:B")]
    [InlineData("Conflict(1) 0 CodeTaken 1", "update 1:C", "update 2:C")]
    [InlineData("Conflict(1) 0 CodeTaken 1", "update 1:A", "create A")]
    [InlineData("Conflict(1) 0 CodeTaken 1", "update 1:C", "update 1:A", "update 2:A")]
    public void A_code_is_taken_by_whoever_had_it_last(string refusal, params string[] group)
    {
        Write("create A B");
        Assert.Equal(refusal, Write(group)[^1]);
    }

    [Fact]
    public async Task New_codes_that_are_presumed_free_are_refused_by_the_unique_key_with_all_that_was_to_be_written()
    {
        Write("create A B");
        Assert.Equal(
            StorageFault.Interrupted,
            Assert.Throws<StorageException>(() => WritePresumingNew(CommandText.Parse("create C B D"))).Fault);
        Assert.Equal("1:A=0/on v1, 2:B=0/on v1", await ListedAsync());
        WritePresumingNew(CommandText.Parse("create C D"));
        Assert.Equal("1:A=0/on v1, 2:B=0/on v1, 3:C=0/on v1, 4:D=0/on v1", await ListedAsync());
    }

    private void WritePresumingNew(Command command)
    {
        var footprint = new Footprint();
        command.AddTo(footprint);
        using var transaction = store.Begin(DefaultSite, new GroupLookup(footprint, presumesNew: true), Instants.Start);
        command.ApplyTo(transaction.State, Instants.Start);
        transaction.Commit();
    }

    public static TheoryData<string> OddCodes =>
    [
        "x",
        "подарок-ÄÖÜ-ß",
        "🎁🎁",
        "e\u0301",
        "\u00e9",
        "two  words",
        "'; drop table certificate; --",
        "%_\\?1",
        "\"{}\"",
        "\u200b",
        string.Concat(Enumerable.Repeat("🎁", 255)),
        new('x', 255),
    ];

    [Theory]
    [MemberData(nameof(OddCodes))]
    public async Task Any_code_is_kept_found_and_replaced_as_it_is(string code)
    {
        Write(Instants.Start, Create("before", code, "after"));
        Assert.Equal(["before", code, "after"], (await ListAsync(CertificateQuery.Everything)).Select(certificate => certificate.Code));
        Assert.Equal(2, Assert.Single(await ListAsync(new CertificateQuery { Code = code })).Id);
        if (CertificateCode.Fold(code).Length > 0)
            Assert.Equal(2, Assert.Single(await ListAsync(new CertificateQuery { Search = code })).Id);
        Assert.Equal("Conflict(1) 0 CodeTaken 2", OutcomeText.Of(Write(Instants.Start, Create(code))[0]));

        Write("update 2:GONE");
        Assert.Equal("Accepted", OutcomeText.Of(Write(Instants.Start, Create(code))[0])[..8]);
        Assert.Equal($"2 Renamed 0 balance 0 {code}>GONE", Assert.Single(Journal()));
    }

    [Fact]
    public async Task Codes_that_look_alike_are_different_codes()
    {
        string[] alike = ["cert", "CERT", "Cert", "ce\u0301rt", "cért", "cert1", "cert\u200b"];
        Write(Instants.Start, Create(alike));
        Assert.Equal(alike.Length, await CountAsync(CertificateQuery.Everything));
        foreach (var (code, at) in alike.Select((code, at) => (code, at)))
            Assert.Equal(at + 1, Assert.Single(await ListAsync(new CertificateQuery { Code = code })).Id);
    }

    private static CreateCertificates Create(params string[] codes) =>
        new([.. codes.Select(code => new NewCertificate(CertificateCode.FromStored(code), IsActive: true, FaceValue: 0))])
        {
            Origin = new(DefaultSite, CommandText.Actor),
        };
}

using Scrip.Ledger;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Server.Reports;
using Scrip.Storage;
using Scrip.Tests.Support;

namespace Scrip.Tests.Storage;

/// <summary>
/// <c>scrip verify</c> reports changes of a database behind Scrip's back, as far as the journal shows them: after a programme in which
/// everything happens, one statement changes a row, and the row and the attribute are named.
/// </summary>
public abstract class LedgerVerificationTests : IDisposable
{
    private readonly TestDatabase database;
    private readonly List<string> told = [];

    protected LedgerVerificationTests(TestDatabase database)
    {
        this.database = database;
        using var store = database.Open();
        Write(store, 0, "create A=500 B=1000/off C=300 D=200 E=100 F=300/single");
        Write(store, 10, "redeem A 100 R1");
        Write(store, 20, "hold A 200 R2 until 1000");
        Write(store, 30, "capture 2 50 keep");
        Write(store, 40, "capture 2 60");
        Write(store, 50, "refund 1 40 because broken");
        Write(store, 60, "update 2:B2=1500/on/single/from30/until5000");
        Write(store, 70, "update 2:B3/off/many/until6000");
        Write(store, 80, "redeem F 100 R3");
        Write(store, 90, "hold D 50 R4 until 100");
        Write(store, 95, "hold D 20 R5");
        Write(store, 96, "release 5");
        Write(store, 110, "expire");
        Write(store, 120, "hold D 30 R6");
        Write(store, 130, "update 3:C/off");
        Write(store, 140, "update 3:C/on");
        Write(store, 160, "redeem C 10 R7");
        Write(store, 170, Noted("a"), Noted("b"));
        Write(store, 180, "create G=70");
        Write(store, 190, "import H=100-30 I=50");
        Write(store, 200, "create J=300 K=200 in May");
        Write(store, 210, "generate 2=400 of M N in -");
    }

    public static TheoryData<string, string> Tamperings { get; } = new()
    {
        { "update batch set units = 6 where id = 1", "Batch 1: its value is 6; its certificates were issued for 500 minor units." },
        { "update batch set certificates = 3 where id = 1", "Batch 1: certificate 12 is not there, or was made at another time." },
        { "update batch set certificates = 3 where id = 1", "Batch 2: certificates of it belong to batch 1, too." },
        { "update batch set certificates = 3 where id = 2", "Batch 2: certificate 14 is not there, or was made at another time." },
        { "update batch set id = 3 where id = 2", "Batch 3: the one before it is 1." },
        { "delete from batch where id = 2", "The last batch is 1; the counter says 2." },
        { "update certificate set is_active = not is_active where id = 2", "Certificate 2: is_active is True; its entries give False." },
        { "update certificate set is_active = not is_active where id = 1", "Certificate 1: is_active is False; its entries give True." },
        {
            "update certificate set expires_at = expires_at + 1000000 where id = 2",
            "Certificate 2: expires_at is 2026-01-02T04:44:06.678901Z; its entries give 2026-01-02T04:44:05.678901Z."
        },
        {
            "update certificate set starts_at = null where id = 2",
            "Certificate 2: starts_at is not set; its entries give 2026-01-02T03:04:35.678901Z."
        },
        { "update certificate set single_use = not single_use where id = 2", "Certificate 2: single_use is True; its entries give False." },
        { "update certificate set note = 'a' where id = 5", "Certificate 5: its note is not the one that its last rescheduling gave it." },
        { "update certificate set version = version + 1 where id = 1", "Certificate 1: version is 7; its entries give 6." },
        { "update certificate set version = 2 where id = 2", "Certificate 2: version is 2; its entries give 3." },
        { "update certificate set version = 9 where id = 2", "Certificate 2: version is 9; its entries give 8." },
        {
            "update certificate set updated_at = updated_at + 1 where id = 1",
            "Certificate 1: updated_at is 2026-01-02T03:04:55.678902Z; its entries give 2026-01-02T03:04:55.678901Z."
        },
        { "update certificate set issued_value = issued_value + 1 where id = 5", "Certificate 5: face value is 100; its entries give 101." },
        { "update certificate set spent = spent + 1 where id = 1", "Certificate 1: spent is 171; its entries give 170." },
        { "update certificate set held = held - 1 where id = 4", "Certificate 4: held is 29; its entries give 30." },
        {
            "update redemption set state = 3, ended_id = id, hold_expires_at = created_at where id = 1",
            "Redemption 1: state is Released; its entries give Captured."
        },
        { "update redemption set state = 3, ended_id = id where id = 2", "Certificate 1: version is 6; its entries give 7." },
        { "update redemption set state = 4 where id = 5", "Redemption 5: state is Expired; its entries give Released." },
        { "update redemption set balance_after = balance_after + 1000 where id = 1", "Redemption 1: balance is 1330; its entries give 330." },
        { "update redemption set captured = captured - 1 where id = 1", "Redemption 1: captured is 99; its entries give 100." },
        { "update redemption set refunded = refunded + 1 where id = 1", "Redemption 1: refunded is 41; its entries give 40." },
        { "update redemption set certificate_id = 1 where id = 6", "Redemption 6: certificate is 1; its entries give 4." },
        {
            "update redemption set created_at = created_at - 1 where id = 1",
            "Redemption 1: created_at is 2026-01-02T03:04:15.678900Z; its entries give 2026-01-02T03:04:15.678901Z."
        },
        {
            "update redemption set hold_expires_at = hold_expires_at + 1 where id = 4",
            "Redemption 4: hold_expires_at is 2026-01-02T03:05:45.678902Z; its entries give 2026-01-02T03:05:45.678901Z."
        },
        {
            "update redemption set hold_expires_at = created_at where id = 1",
            "Redemption 1: only a redemption that began as a hold has an end, and each such redemption has one."
        },
        {
            "update entry set created_at = created_at - 31536000000000 where id = 12",
            "Certificate 1: updated_at is 2026-01-02T03:04:55.678901Z; its entries give 2025-01-02T03:04:55.678901Z."
        },
        {
            "update entry set created_at = created_at + 1 where id = 12",
            "Certificate 1: updated_at is 2026-01-02T03:04:55.678901Z; its entries give 2026-01-02T03:04:55.678902Z."
        },
        {
            "update entry set created_at = created_at - 1 where id = 25",
            "Redemption 4: hold_expires_at is 2026-01-02T03:05:45.678901Z; its entries give 2026-01-02T03:05:45.678900Z."
        },
        { "update entry set kind = 7 - kind where id = 19", "Entry 19 of certificate 2: the certificate already has this state." },
        {
            "update entry set kind = 7 - kind where id in (27, 28)",
            "Entry 29 of certificate 3: a payment uses the certificate while it is inactive."
        },
        { "update entry set kind = 1 where id = 19", "Entry 19 of certificate 2: its kind, amount, redemption and detail contradict each other." },
        { "update entry set amount = 1 where id = 19", "Entry 19 of certificate 2: its kind, amount, redemption and detail contradict each other." },
        {
            "update entry set detail = '{}' where id = 7",
            "Entry 7 of certificate 1: its kind, amount, redemption and detail contradict each other."
        },
        {
            "update entry set detail = replace(detail, '\"B2\"', '\"X\"') where id = 17",
            "Entry 17 of certificate 2: its detail does not start from what the earlier entries left."
        },
        {
            "update entry set detail = replace(detail, '04:27:25', '04:27:26') where id = 18",
            "Entry 18 of certificate 2: its detail does not start from what the earlier entries left."
        },
        {
            "update entry set detail = '{}' where id = 15",
            "Entry 15 of certificate 2: its detail does not start from what the earlier entries left."
        },
        {
            "update entry set detail = 'B2' where id = 14",
            "Entry 14 of certificate 2: its detail does not start from what the earlier entries left."
        },
        {
            "update entry set balance_after = balance_after - 1 where id = 12",
            "Entry 12 of certificate 1: face value, held and balance after it are not what it says, but 500, 0 and 330."
        },
        { "update entry set previous_id = 7 where id = 9", "Entry 9 of certificate 1: it follows entry 7; the certificate's last one is 8." },
        {
            "update entry set redemption_id = 6 where id = 24",
            "Entry 24 of certificate 4: redemption 6 of certificate 4 does not have that amount to move."
        },
        {
            "update entry set created_at = created_at + 1 where id = 35",
            "Entry 35 of certificate 8: it does not follow the issue immediately, at the same time."
        },
        { "update entry set kind = 12 where id = 35", "Certificate 8: version is 1; its entries give 2." },
        { "update certificate set spent = 0 where id = 8", "Certificate 8: spent is 0; its entries give 30." },
        { "delete from entry where id = 31", "There are 38 journal numbers; the counter says 39." },
        { "delete from redemption where id = 6", "There are 6 redemptions; the counter says 7." },
    };

    /// <summary>Changes that docs/operating/README.md names as not compared.</summary>
    public static TheoryData<string> Unrecorded { get; } =
    [
        "update certificate set is_active = not is_active where id = 7",
        "update certificate set expires_at = 1 where id = 1",
        "update certificate set value_minor = 1, issued_value = 1 where id = 7",
        "update certificate set created_by = 1 where id = 1",
        "update certificate set created_at = created_at + 60000000 where id = 1",
        "update entry set created_at = created_at - 31536000000000 where id = 9",
        "update redemption set reference = 'X' where id = 1",
        "update redemption set hold_expires_at = hold_expires_at + 1 where id = 2",
        "update entry set actor = 1 where id = 7",
        "update entry set detail = null where id = 12",
    ];

    [Fact]
    public async Task An_untouched_database_has_no_difference()
    {
        Assert.Equal(0, await VerifyAsync());
        Assert.Equal(
            "site default: certificates 13, redemptions 7, journal 39, outstanding 39.10 MDL; no difference from the journal",
            Assert.Single(told));
    }

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task What_was_tampered_with_is_named(string statement, string difference)
    {
        database.Execute(statement);
        Assert.NotEqual(0, await VerifyAsync());
        Assert.Contains($"site default: {difference}", told);
    }

    [Theory]
    [MemberData(nameof(Unrecorded))]
    public async Task What_no_entry_tells_of_is_not_compared(string statement)
    {
        database.Execute(statement);
        Assert.True(await VerifyAsync() == 0, string.Join('\n', told));
    }

    public void Dispose()
    {
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<int> VerifyAsync()
    {
        using var store = database.Open();
        return await LedgerVerification.RunAsync(store, told.Add, CancellationToken.None);
    }

    private static UpdateCertificates Noted(string note)
    {
        var change = new CertificateChange(5, CommandText.Code("E"), null, null, new TermsChange { Note = Change.To<string?>(note) });
        return new UpdateCertificates([change]) { SiteId = Site.DefaultId, Actor = CommandText.Actor };
    }

    private static void Write(IStore store, int second, string request) => Write(store, second, CommandText.Parse(request));

    private static void Write(IStore store, int second, params Command[] commands)
    {
        var (footprint, now) = (new Footprint(), Instants.Later(second));
        foreach (var command in commands)
            command.AddTo(footprint);
        using var transaction = store.Begin(Site.DefaultId, footprint, now);
        foreach (var command in commands)
            command.ApplyTo(transaction.State, now);
        transaction.Commit();
    }
}

public sealed class SqliteLedgerVerificationTests() : LedgerVerificationTests(new SqliteDatabase())
{
    public static TheoryData<string, string> TamperedCodes { get; } = new()
    {
        { "update certificate set code = 'X' where id = 2", "Certificate 2: its code is not the one that its last renaming gave it." },
        { "update certificate set code = 'X' where id = 2", "Certificate 2: payments look it up by a code that it does not have." },
        { "update certificate set code = 'X' where id = 2", "Certificate 2: payments do not find it by its code." },
        {
            "update certificate_code set code_folded = 'X' where certificate_id = 1",
            "Certificate 1: code_folded is not the folded form of its code."
        },
        {
            "update certificate_code set code = 'X' where certificate_id = 1",
            "Certificate 1: payments look it up by a code that it does not have."
        },
        { "delete from certificate_code where certificate_id = 1", "Certificate 1: payments do not find it by its code." },
        {
            "update certificate_code set certificate_id = 7 where certificate_id = 1",
            "Certificate 7: payments look it up by a code that it does not have."
        },
        { "insert into certificate_code values (1, 'X', 'X', 14)", "A code leads to certificate 14, which is missing." },
        { "insert into certificate_code values (1, 'X', 'X', 1)", "Certificate 1: payments look it up by a code that it does not have." },
        {
            "update certificate_code set certificate_id = 4 - certificate_id where certificate_id in (1, 3)",
            "Certificate 3: payments look it up by a code that it does not have."
        },
    };

    [Theory]
    [MemberData(nameof(TamperedCodes))]
    public Task A_code_that_was_tampered_with_is_named(string statement, string difference) =>
        What_was_tampered_with_is_named(statement, difference);

    [Fact]
    public Task A_code_that_was_never_changed_is_not_compared() => What_no_entry_tells_of_is_not_compared("""
        update certificate set code = 'X' where id = 1;
        update certificate_code set code = 'X', code_folded = 'X' where certificate_id = 1
        """);
}

[Trait("Database", "Postgres")]
public sealed class PostgresLedgerVerificationTests() : LedgerVerificationTests(new PostgresDatabase())
{
    public static TheoryData<string, string> TamperedCodes { get; } = new()
    {
        {
            "update certificate set code = 'X', code_folded = 'X' where id = 2",
            "Certificate 2: its code is not the one that its last renaming gave it."
        },
        {
            "update certificate set code_folded = 'X' where id = 1",
            "Certificate 1: code_folded is not the folded form of its code."
        },
    };

    [Theory]
    [MemberData(nameof(TamperedCodes))]
    public Task A_code_that_was_tampered_with_is_named(string statement, string difference) =>
        What_was_tampered_with_is_named(statement, difference);

    [Fact]
    public Task A_code_that_was_never_changed_is_not_compared() =>
        What_no_entry_tells_of_is_not_compared("update certificate set code = 'X', code_folded = 'X' where id = 1");
}

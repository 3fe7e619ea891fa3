using Scrip.Ledger.Certificates;
using Scrip.Tests.Support;

namespace Scrip.Tests.Ledger;

public sealed class CreateCertificatesTests
{
    [Fact]
    public void Certificates_are_created_all_or_none() => LedgerTable.Check("""
        stored 1:OLD=100
        create                        => Accepted
        create A=500/on B=0/off       => Accepted 2:A=500/on v1, 3:B=0/off v1
        create C OLD D A              => Conflict(2) 1 CodeTaken 1, 3 CodeTaken 2
        create C                      => Accepted 4:C=0/on v1
        create c                      => Accepted 5:c=0/on v1
        create C                      => Conflict(1) 0 CodeTaken 4
        create E=1000000000000000     => Accepted 6:E=1000000000000000/on v1
        """);

    [Fact]
    public void A_new_certificate_is_worth_its_face_value_and_says_who_issued_it_when()
    {
        var command = (CreateCertificates)CommandText.Parse("create A=500/off");
        var (_, changes) = command.Decide(LedgerTable.StateOf([]), Instants.Start);
        var expected = new Certificate
        {
            Id = 1,
            Code = CommandText.Code("A"),
            IsActive = false,
            FaceValue = 500,
            IssuedValue = 500,
            Spent = 0,
            Held = 0,
            Version = 1,
            CreatedAt = Instants.Start,
            CreatedBy = CommandText.Actor,
            UpdatedAt = Instants.Start,
            IssuedEntryId = 1,
            LastEntryId = 1,
        };
        Assert.Equal(expected, Assert.Single(changes.Created));
        Assert.Equal(500, changes.Created[0].Balance);
        Assert.Empty(changes.Entries);
        Assert.Empty(changes.Updated);
    }

    [Fact]
    public void A_refusal_changes_nothing()
    {
        var state = LedgerTable.StateOf([LedgerTable.Stored("stored 1:A=100")]);
        CommandText.Parse("create B A").ApplyTo(state, Instants.Start);
        Assert.False(state.HasChanges);
        Assert.Equal(1, state.LastCertificateId);
    }

    [Fact]
    public void It_looks_at_its_codes_and_weighs_as_much_as_its_items()
    {
        var command = CommandText.Parse("create A B C");
        var footprint = new Scrip.Ledger.Footprint();
        command.AddTo(footprint);
        Assert.Equal(["A", "B", "C"], Assert.Single(footprint.Issues).Select(item => item.Code.Text));
        Assert.Empty(footprint.CertificateIds);
        Assert.Equal(3, command.Weight);
    }
}

using System.Text;
using Scrip.Ledger;
using Scrip.Ledger.Certificates;
using Scrip.Ledger.Issuing;
using Scrip.Ledger.Redemptions;

namespace Scrip.Tests.Simulation;

/// <summary>A request of a simulated caller. Its text is its body: two operations with the same text are the same request.</summary>
internal abstract record Operation
{
    public const long Actor = 7;

    public sealed override string ToString() => Text;

    public byte[] Fingerprint => Encoding.UTF8.GetBytes(Text);

    protected abstract string Text { get; }

    public abstract Command ToCommand(long siteId, RequestIdentity? identity);

    /// <summary>Amounts of the simulation are in whole units.</summary>
    public static readonly Currency Currency = Currency.FromStored("JPY");

    protected static CertificateCode CodeOf(string text) => CertificateCode.FromStored(text);
}

/// <summary>The attributes of a simulated certificate besides its value.</summary>
internal sealed record Terms(DateTimeOffset? StartsAt, DateTimeOffset? ExpiresAt, bool SingleUse)
{
    public static readonly Terms None = new(null, null, false);

    public override string ToString() => $"[{StartsAt:s}..{ExpiresAt:s}{(SingleUse ? " once" : "")}]";
}

/// <summary>A certificate to issue.</summary>
internal readonly record struct NewItem(string Code, long Value, bool IsActive, Terms Terms);

internal sealed record Issue(params NewItem[] Items) : Operation
{
    /// <summary>Null where they are to be no batch.</summary>
    public string? Batch { get; init; }

    protected override string Text =>
        $"issue{(Batch is null ? "" : $" batch {Batch}")} {string.Join(", ", Items.Select(item => $"{item.Code}={item.Value}/{(item.IsActive ? "on" : "off")}{item.Terms}"))}";

    public override Command ToCommand(long siteId, RequestIdentity? identity) => new CreateCertificates(
        [.. Items.Select(item => new NewCertificate(CodeOf(item.Code), item.IsActive, item.Value, ToTerms(item.Terms)))])
    {
        SiteId = siteId,
        Actor = Actor,
        Identity = identity,
        Batch = Batch is null ? null : new NewBatch(Batch, BatchSource.BulkCreate, Currency),
    };

    private static CertificateTerms ToTerms(Terms terms) =>
        new() { StartsAt = terms.StartsAt, ExpiresAt = terms.ExpiresAt, SingleUse = terms.SingleUse };
}

/// <summary>Certificates with the first codes that nobody could mistake for another's.</summary>
/// <param name="Codes">Of one character each.</param>
internal sealed record Generate(int Count, long Value, string Batch, params string[] Codes) : Operation
{
    protected override string Text => $"generate {Count} of {string.Join(", ", Codes)} with {Value}, batch {Batch}";

    public override Command ToCommand(long siteId, RequestIdentity? identity)
    {
        _ = CodePattern.TryParse("#", CodeAlphabet.Base32, out var pattern);
        return new GenerateCertificates(
            pattern!, [.. Codes.Select(CodeOf)], Count, Value, new NewBatch(Batch, BatchSource.Generated, Currency))
        {
            SiteId = siteId,
            Actor = Actor,
            Identity = identity,
        };
    }
}

/// <summary>A certificate from elsewhere, with the amount that was spent there.</summary>
internal readonly record struct ImportedItem(string Code, long Value, long Spent);

internal sealed record Import(bool Skips, bool LeavesOut, params ImportedItem[] Items) : Operation
{
    protected override string Text =>
        $"import {string.Join(", ", Items.Select(item => $"{item.Code}={item.Value}-{item.Spent}"))}{(Skips ? " or skip" : "")}{(LeavesOut ? " or leave out" : "")}";

    public override Command ToCommand(long siteId, RequestIdentity? identity) => new ImportCertificates(
        [.. Items.Select(item => new NewCertificate(CodeOf(item.Code), IsActive: true, item.Value, Terms: null, item.Spent))])
    {
        Existing = Skips ? ExistingCodes.Skip : ExistingCodes.Refuse,
        LeavesOut = LeavesOut,
        SiteId = siteId,
        Actor = Actor,
        Identity = identity,
        Batch = new NewBatch(Name: null, BatchSource.Imported, Currency),
    };
}

internal sealed record NameBatch(long Id, string Name) : Operation
{
    protected override string Text => $"call batch {Id} {Name}";

    public override Command ToCommand(long siteId, RequestIdentity? identity) =>
        new RenameBatch(Id, Name) { SiteId = siteId, Actor = Actor, Identity = identity };
}

/// <summary>The wanted state of a certificate; null keeps the stored value.</summary>
/// <param name="Version">The version that the certificate must have; null for any.</param>
internal readonly record struct ChangedItem(long Id, string? Code, long? Value, bool? IsActive, Terms? Terms, long? Version);

internal sealed record Revise(params ChangedItem[] Items) : Operation
{
    protected override string Text =>
        $"revise {string.Join(", ", Items.Select(item => $"{item.Id}:{item.Code}={item.Value}/{item.IsActive}{item.Terms}v{item.Version}"))}";

    public override Command ToCommand(long siteId, RequestIdentity? identity) => new UpdateCertificates(
        [
            .. Items.Select(item => new CertificateChange(
                item.Id, item.Code is null ? null : CodeOf(item.Code), item.IsActive, item.Value, ToChange(item.Terms), item.Version)),
        ])
    {
        SiteId = siteId,
        Actor = Actor,
        Identity = identity,
    };

    private static TermsChange? ToChange(Terms? terms) => terms is null ? null : new TermsChange
    {
        StartsAt = Change.To(terms.StartsAt),
        ExpiresAt = Change.To(terms.ExpiresAt),
        SingleUse = Change.To(terms.SingleUse),
    };
}

/// <summary>A balance to write off; a null amount means the whole balance.</summary>
internal readonly record struct ForfeitedItem(long Id, long? Amount);

internal sealed record WriteOffs(string? Reason, params ForfeitedItem[] Items) : Operation
{
    protected override string Text => $"write off {string.Join(", ", Items.Select(item => $"{item.Amount} of {item.Id}"))} because {Reason}";

    public override Command ToCommand(long siteId, RequestIdentity? identity) => new WriteOffCertificates(
        [.. Items.Select(item => new WriteOff(item.Id, item.Amount, Reason))])
    {
        SiteId = siteId,
        Actor = Actor,
        Identity = identity,
    };
}

/// <summary>A payment by code or, if that is null, by id. It is a hold unless it captures at once.</summary>
internal sealed record Pay(string? Code, long Id, long? Amount, string Reference, bool Capture, DateTimeOffset? HoldUntil, bool OrLess) : Operation
{
    protected override string Text => $"{(Capture ? "pay" : "hold")} {Amount}{(OrLess ? " or less" : "")} with {Code ?? $"#{Id}"} for {Reference} until {HoldUntil:O}";

    public override Command ToCommand(long siteId, RequestIdentity? identity) => new RedeemCertificate(
        Code is null ? null : CodeOf(Code), Code is null ? Id : null, Amount, Reference, Capture, HoldUntil)
    {
        AllowPartial = OrLess,
        SiteId = siteId,
        Actor = Actor,
        Identity = identity,
    };
}

internal sealed record Capture(long Id, long? Amount, bool IsFinal) : Operation
{
    protected override string Text => $"capture {Amount} of {Id}{(IsFinal ? "" : " and keep the rest")}";

    public override Command ToCommand(long siteId, RequestIdentity? identity) =>
        new CaptureHold(Id, Amount, IsFinal) { SiteId = siteId, Actor = Actor, Identity = identity };
}

internal sealed record Release(long Id) : Operation
{
    protected override string Text => $"release {Id}";

    public override Command ToCommand(long siteId, RequestIdentity? identity) =>
        new ReleaseHold(Id) { SiteId = siteId, Actor = Actor, Identity = identity };
}

internal sealed record Extend(long Id, DateTimeOffset Until) : Operation
{
    protected override string Text => $"extend {Id} until {Until:O}";

    public override Command ToCommand(long siteId, RequestIdentity? identity) =>
        new ExtendHold(Id, Until) { SiteId = siteId, Actor = Actor, Identity = identity };
}

internal sealed record Refund(long Id, long? Amount, string? Reason) : Operation
{
    protected override string Text => $"refund {Amount} of {Id} because {Reason}";

    public override Command ToCommand(long siteId, RequestIdentity? identity) =>
        new RefundRedemption(Id, Amount, Reason) { SiteId = siteId, Actor = Actor, Identity = identity };
}

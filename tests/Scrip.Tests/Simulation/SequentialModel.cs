using System.Globalization;

namespace Scrip.Tests.Simulation;

/// <summary>
/// The contract in its simplest form: one caller at a time and nothing but dictionaries, without locks, transactions or a store. It was
/// written from the rules and shares no code with the ledger, because the two must come to the same results independently.
/// </summary>
internal sealed partial class SequentialModel
{
    public const string KeyReused = "KeyReused";

    private const string NotFound = "NotFound 0";
    private const string HoldExpiryOutOfRange = "HoldExpiryOutOfRange 0";

    private readonly Dictionary<long, Card> cards = [];
    private readonly Dictionary<long, Payment> payments = [];
    private readonly List<string> journal = [];
    private readonly List<(string Name, string Text)> batches = [];
    private readonly Dictionary<string, (string Body, string Answer, string Trace)> keys = [];
    private long lastEntry;

    public IReadOnlyDictionary<long, Card> Cards => cards;
    public IReadOnlyDictionary<long, Payment> Payments => payments;
    public int Batches => batches.Count;

    /// <summary>The ledger as it must be stored; see <see cref="AnswerText.StoredAsync"/>.</summary>
    public IReadOnlyList<string> Stored =>
    [
        $"last {cards.Count} {lastEntry} {payments.Count} {batches.Count}",
        .. cards.Values.OrderBy(card => card.Id).Select(card => card.Text),
        .. batches.Select((_, at) => BatchText(at + 1)),
        .. journal,
        .. payments.Values.OrderBy(payment => payment.Id).Select(payment => payment.Text),
    ];

    /// <summary>Executes an operation, or returns the earlier response to its key.</summary>
    public Reply Run(Operation operation, string? key, string trace, DateTimeOffset now)
    {
        Expire(now);
        if (key is not null && keys.TryGetValue(key, out var first))
            return first.Body == operation.ToString() ? new Reply(first.Answer, true, first.Trace) : new Reply(KeyReused, false, null);
        var answer = operation switch
        {
            Issue issue => Do(issue, now),
            Generate generate => Do(generate, now),
            Import import => Do(import, now),
            NameBatch name => Do(name),
            Revise revise => Do(revise, now),
            WriteOffs writeOffs => Do(writeOffs, now),
            Pay pay => Do(pay, now),
            Capture capture => Do(capture, now),
            Release release => Do(release, now),
            Extend extend => Do(extend, now),
            Refund refund => Do(refund, now),
            _ => throw new ArgumentException($"Not an operation: {operation}"),
        };
        // An outcome that says nothing about the ledger is decided anew next time.
        if (key is not null && answer is not (NotFound or HoldExpiryOutOfRange)
            && !(operation is WriteOffs && answer.StartsWith("NotFound", StringComparison.Ordinal))
            && !(operation is Generate && answer.StartsWith("Conflict", StringComparison.Ordinal))
            && !(operation is Import && answer.StartsWith("Refused", StringComparison.Ordinal)))
            keys.Add(key, (operation.ToString(), answer, trace));
        foreach (var card in cards.Values)
            Assert.True(card is { Spent: >= 0, Held: >= 0, Balance: >= 0 }, $"The model itself lets too much be spent: {card.Text}");
        return new Reply(answer, false, key is null ? null : trace);
    }

    /// <summary>Releases what overdue holds still had, each at its own instant.</summary>
    public void Expire(DateTimeOffset now)
    {
        var over = payments.Values.Where(hold => hold.State == "Held" && hold.Until <= now);
        foreach (var hold in over.OrderBy(hold => hold.Until).ThenBy(hold => hold.Id))
        {
            var card = cards[hold.CardId];
            card.Touch(now);
            GiveBack(card, hold, "HoldExpired", actor: -2, hold.Until!.Value);
            hold.State = "Expired";
            hold.Balance = card.Balance;
        }
    }

    private string Do(Pay pay, DateTimeOffset now)
    {
        if (pay.HoldUntil <= now || pay.HoldUntil > now.AddDays(31))
            return HoldExpiryOutOfRange;
        if ((pay.Code is null ? cards.GetValueOrDefault(pay.Id) : Look(pay.Code)) is not { } card)
            return NotFound;
        var live = payments.Values.FirstOrDefault(other => other.CardId == card.Id && other.Reference == pay.Reference && other.IsLive);
        if (live is not null)
            return $"DuplicateReference {live.Id}";
        if (!card.IsActive)
            return "Inactive 0";
        if (card.Terms.StartsAt is { } start && now < start)
            return "NotStarted 0";
        if (card.Terms.ExpiresAt is { } end && now >= end)
            return "Expired 0";
        if (card.Balance == 0)
            return "Spent 0";
        var amount = pay.Amount ?? card.Balance;
        if (pay.OrLess)
            amount = Math.Min(amount, card.Balance);
        if (amount > card.Balance)
            return $"InsufficientBalance {card.Balance}";

        var at = card.Touch(now);
        var payment = new Payment { Id = payments.Count + 1, CardId = card.Id, Reference = pay.Reference, Amount = amount, At = at };
        payments.Add(payment.Id, payment);
        if (pay.Capture)
        {
            payment.State = "Captured";
            payment.Captured = amount;
            card.Spent += amount;
            Write(card, "Captured", -amount, at, payment.Id);
            ForfeitRest(card, payment, released: 0, at);
        }
        else
        {
            payment.State = "Held";
            payment.Until = pay.HoldUntil ?? now.AddDays(7);
            card.Held += amount;
            Write(card, "Held", -amount, at, payment.Id);
        }
        return Done(card, payment);
    }

    private string Do(Capture capture, DateTimeOffset now)
    {
        if (!payments.TryGetValue(capture.Id, out var payment))
            return NotFound;
        if (payment.State != "Held")
            return $"HoldEnded {payment.StateNumber}";
        var amount = capture.Amount ?? payment.Held;
        if (amount > payment.Held)
            return $"InsufficientBalance {payment.Held}";
        var card = cards[payment.CardId];
        var at = card.Touch(now);
        card.Held -= amount;
        card.Spent += amount;
        payment.Captured += amount;
        Write(card, "Captured", -amount, at, payment.Id);
        var released = capture.IsFinal ? payment.Held : 0;
        if (released > 0)
        {
            card.Held -= released;
            Write(card, "Released", released, at, payment.Id);
        }
        if (capture.IsFinal || payment.Held == 0)
            payment.State = "Captured";
        ForfeitRest(card, payment, released, at);
        return Done(card, payment);
    }

    private string Do(Release release, DateTimeOffset now)
    {
        if (!payments.TryGetValue(release.Id, out var payment))
            return NotFound;
        if (payment.State != "Held")
            return $"HoldEnded {payment.StateNumber}";
        var card = cards[payment.CardId];
        GiveBack(card, payment, "Released", Operation.Actor, card.Touch(now));
        payment.State = "Released";
        return Done(card, payment);
    }

    private string Do(Extend extend, DateTimeOffset now)
    {
        if (extend.Until <= now || extend.Until > now.AddDays(31))
            return HoldExpiryOutOfRange;
        if (!payments.TryGetValue(extend.Id, out var payment))
            return NotFound;
        if (payment.State != "Held")
            return $"HoldEnded {payment.StateNumber}";
        var card = cards[payment.CardId];
        if (payment.Until == extend.Until)
            return Told(card, payment);
        var at = card.Touch(now);
        var moved = $$$"""{"hold_expires_at":{"before":"{{{Json(payment.Until!.Value)}}}","after":"{{{Json(extend.Until)}}}"}}""";
        payment.Until = extend.Until;
        Write(card, "Rescheduled", 0, at, payment.Id, moved);
        return Done(card, payment);

        // RFC 3339 without trailing zeros.
        static string Json(DateTimeOffset instant) =>
            instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
    }

    private string Do(Refund refund, DateTimeOffset now)
    {
        if (!payments.TryGetValue(refund.Id, out var payment))
            return NotFound;
        var most = payment.Captured - payment.Refunded;
        var amount = refund.Amount ?? most;
        if (amount > most || amount == 0)
            return $"InsufficientBalance {most}";
        var card = cards[payment.CardId];
        var at = card.Touch(now);
        card.Spent -= amount;
        payment.Refunded += amount;
        Write(card, "Refunded", amount, at, payment.Id, refund.Reason is null ? "" : $$"""{"reason":"{{refund.Reason}}"}""");
        return Done(card, payment);
    }

    private void GiveBack(Card card, Payment hold, string kind, long actor, DateTimeOffset at)
    {
        var amount = hold.Held;
        card.Held -= amount;
        Write(card, kind, amount, at, hold.Id, actor: actor);
        // If a single-use certificate was used in the meantime, what comes back belongs to the shop.
        if (card.Terms.SingleUse && hold.Id <= card.UsedUpTo)
            Forfeit(card, amount, hold, actor, at);
    }

    /// <summary>Forfeits the rest: the first capture takes what is left; a concurrent one only what it releases itself.</summary>
    private void ForfeitRest(Card card, Payment payment, long released, DateTimeOffset at)
    {
        if (!card.Terms.SingleUse)
            return;
        var isFirst = payment.Id > card.UsedUpTo;
        Forfeit(card, isFirst ? card.Balance : released, payment, Operation.Actor, at);
        if (isFirst)
            card.UsedUpTo = payments.Count;
    }

    private void Forfeit(Card card, long amount, Payment payment, long actor, DateTimeOffset at)
    {
        if (amount == 0)
            return;
        card.Spent += amount;
        Write(card, "Forfeited", -amount, at, payment.Id, actor: actor);
    }

    /// <summary>The certificate with exactly this code, or the only one with the same folded form.</summary>
    private Card? Look(string code)
    {
        if (cards.Values.FirstOrDefault(card => card.Code == code) is { } exact)
            return exact;
        var alike = cards.Values.Where(card => Spoken(card.Code) == Spoken(code)).ToList();
        return alike.Count == 1 ? alike[0] : null;
    }

    private static string Spoken(string code) =>
        code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpper(CultureInfo.InvariantCulture);

    private void Write(
        Card card, string kind, long amount, DateTimeOffset at, long payment = 0, string detail = "", long actor = Operation.Actor)
    {
        lastEntry++;
        journal.Add(
            $"entry {lastEntry} after {card.LastEntry} of {card.Id} redemption {payment} {kind} {amount} "
            + $"balance {card.Balance} held {card.Held} face {card.Face} {detail} by {actor} at {AnswerText.Instant(at)}");
        card.LastEntry = lastEntry;
    }

    private static string Done(Card card, Payment payment)
    {
        payment.Balance = card.Balance;
        return Told(card, payment);
    }

    private static string Told(Card card, Payment payment) =>
        $"Done {payment.Id} of {card.Id}:{card.Code} for {payment.Reference} {payment.State} {payment.Amount} "
        + $"captured {payment.Captured} refunded {payment.Refunded} balance {payment.Balance} "
        + $"at {AnswerText.Instant(payment.At)} until {AnswerText.Instant(payment.Until)}";
}

/// <param name="Trace">The trace of the request that was executed; null if the key belongs to another request.</param>
internal sealed record Reply(string Text, bool IsReplay, string? Trace);

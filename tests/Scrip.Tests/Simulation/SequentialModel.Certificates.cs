using System.Globalization;

namespace Scrip.Tests.Simulation;

internal sealed partial class SequentialModel
{
    private const string Stale = "VersionMismatch";

    private string Do(Issue issue, DateTimeOffset now)
    {
        var taken = issue.Items.Select((item, at) => (at, Holder: HolderOf(item.Code))).Where(pair => pair.Holder is not null).ToList();
        if (taken.Count > 0)
            return Refuse("Conflict", taken.Select(pair => (pair.at, $"CodeTaken {pair.Holder!.Id}")));
        var issued = issue.Items.Select(item => Made(item, now)).ToList();
        return Accepted(issued) + (issue.Batch is null ? "" : InBatch(issue.Batch, "BulkCreate", issued));
    }

    private string Do(Generate generate, DateTimeOffset now)
    {
        var free = generate.Codes.Where(code => cards.Values.All(card => Spoken(card.Code) != Spoken(code))).Take(generate.Count).ToList();
        if (free.Count < generate.Count)
            return Refuse("Conflict", []);
        var issued = free.ConvertAll(code => Made(new NewItem(code, generate.Value, true, Terms.None), now));
        return Accepted(issued) + InBatch(generate.Batch, "Generated", issued);
    }

    private string Do(Import import, DateTimeOffset now)
    {
        var faults = new List<string>();
        var taken = new List<ImportedItem>();
        var skipped = 0;
        for (var at = 0; at < import.Items.Length; at++)
        {
            var item = import.Items[at];
            if (HolderOf(item.Code) is { } holder)
            {
                if (import.Skips)
                    skipped++;
                else
                    faults.Add($"{at} CodeTaken {holder.Id}");
            }
            else if (cards.Values.Where(card => Spoken(card.Code) == Spoken(item.Code)).MinBy(card => card.Id) is { } alike)
            {
                faults.Add($"{at} CodeSimilar {alike.Id}");
            }
            else
            {
                taken.Add(item);
            }
        }
        var refused = $"skipped {skipped} faults {string.Join(", ", faults)}";
        if (faults.Count > 0 && !import.LeavesOut)
            return $"Refused {refused}";
        var issued = taken.ConvertAll(item => Made(new NewItem(item.Code, item.Value, true, Terms.None), now));
        foreach (var (card, item) in issued.Zip(taken).Where(pair => pair.Second.Spent > 0))
        {
            card.Spent = item.Spent;
            Write(card, "Opening", -item.Spent, now);
        }
        var sums = $"{taken.Sum(item => item.Value)} left {taken.Sum(item => item.Value - item.Spent)}";
        return $"Imported {issued.Count} from {issued.FirstOrDefault()?.Id ?? 0} worth {sums} {refused}"
            + (issued.Count == 0 ? "" : InBatch("-", "Imported", issued));
    }

    private string Do(NameBatch name)
    {
        if (name.Id > batches.Count)
            return "NotFound";
        var at = (int)name.Id - 1;
        batches[at] = batches[at] with { Name = name.Name };
        return $"Renamed {BatchText(name.Id)}";
    }

    private Card Made(NewItem item, DateTimeOffset now)
    {
        lastEntry++;
        var card = new Card
        {
            Id = cards.Count + 1,
            Code = item.Code,
            IsActive = item.IsActive,
            Face = item.Value,
            Issued = item.Value,
            Terms = item.Terms,
            Version = 1,
            IssuedEntry = lastEntry,
            LastEntry = lastEntry,
            CreatedAt = now,
            ChangedAt = now,
        };
        cards.Add(card.Id, card);
        return card;
    }

    private string InBatch(string name, string source, List<Card> made)
    {
        batches.Add((name, $"{source} {made[0].Id}-{made[^1].Id} worth {made.Sum(card => card.Issued)} at {AnswerText.Instant(made[0].CreatedAt)}"));
        return $" batch {batches.Count}";
    }

    private string BatchText(long id) => $"batch {id}:{batches[(int)id - 1].Name} {batches[(int)id - 1].Text}";

    private string Do(Revise revise, DateTimeOffset now)
    {
        var missing = revise.Items.Select((item, at) => (at, item)).Where(pair => !cards.ContainsKey(pair.item.Id)).ToList();
        if (missing.Count > 0)
            return Refuse("NotFound", missing.Select(pair => (pair.at, $"NotFound {pair.item.Id}")));

        var faults = new List<(int Item, string Fault)>();
        for (var at = 0; at < revise.Items.Length; at++)
        {
            var item = revise.Items[at];
            var card = cards[item.Id];
            var terms = item.Terms ?? card.Terms;
            if (item.Version is { } version && version != card.Version)
                faults.Add((at, $"{Stale} {card.Version}"));
            // A code is free if its holder takes another one in the same call.
            if (item.Code is not null && HolderOf(item.Code) is { } holder && holder != card
                && !revise.Items.Any(other => other.Id == holder.Id && other.Code is not null && other.Code != holder.Code))
                faults.Add((at, $"CodeTaken {holder.Id}"));
            if (item.Value < card.Spent + card.Held)
                faults.Add((at, $"ValueBelowUsed {card.Spent + card.Held}"));
            if (item.Terms is not null && terms.StartsAt is { } start && terms.ExpiresAt is { } end && end <= start)
                faults.Add((at, "ExpiresBeforeStart 0"));
        }
        if (faults.Count > 0)
        {
            var isStale = faults.All(fault => fault.Fault.StartsWith(Stale, StringComparison.Ordinal));
            return Refuse(isStale ? "PreconditionFailed" : "Conflict", faults);
        }

        foreach (var item in revise.Items)
            Alter(cards[item.Id], item, now);
        return Accepted(revise.Items.Select(item => cards[item.Id]));
    }

    private void Alter(Card card, ChangedItem item, DateTimeOffset now)
    {
        var (code, face, active, terms) = (card.Code, card.Face, card.IsActive, card.Terms);
        card.Code = item.Code ?? code;
        card.Face = item.Value ?? face;
        card.IsActive = item.IsActive ?? active;
        card.Terms = item.Terms ?? terms;
        if ((card.Code, card.Face, card.IsActive, card.Terms) == (code, face, active, terms))
            return;
        var at = card.Touch(now);
        if (card.Face != face)
            Write(card, "Adjusted", card.Face - face, at);
        if (card.Code != code)
            Write(card, "Renamed", 0, at, detail: $"{{\"code\":{{\"before\":\"{code}\",\"after\":\"{card.Code}\"}}}}");
        if (card.Terms != terms)
            Write(card, "Rescheduled", 0, at, detail: Rescheduling(terms, card.Terms));
        if (card.IsActive != active)
            Write(card, card.IsActive ? "Activated" : "Deactivated", 0, at);
    }

    private string Do(WriteOffs writeOffs, DateTimeOffset now)
    {
        var items = writeOffs.Items.Select((item, at) => (Item: item, At: at, Card: cards.GetValueOrDefault(item.Id))).ToList();
        var missing = items.Where(item => item.Card is null).ToList();
        if (missing.Count > 0)
            return Refuse("NotFound", missing.Select(item => (item.At, $"NotFound {item.Item.Id}")));
        var empty = items.Where(item => item.Card!.Balance == 0).ToList();
        if (empty.Count > 0)
            return Refuse("Spent", empty.Select(item => (item.At, $"NothingLeft {item.Item.Id}")));
        var tooMuch = items.Where(item => item.Item.Amount > item.Card!.Balance).ToList();
        if (tooMuch.Count > 0)
            return Refuse("InsufficientBalance", tooMuch.Select(item => (item.At, $"AmountAboveBalance {item.Card!.Balance}")));

        var reason = writeOffs.Reason is null ? "" : $$"""{"reason":"{{writeOffs.Reason}}"}""";
        var told = new List<string>();
        foreach (var (item, _, card) in items)
        {
            var at = card!.Touch(now);
            var amount = item.Amount ?? card.Balance;
            card.Spent += amount;
            Write(card, "Forfeited", -amount, at, detail: reason);
            told.Add($"{Accepted([card])["Accepted ".Length..]} balance {card.Balance}");
        }
        return $"Accepted {string.Join(", ", told)}";
    }

    private static string Rescheduling(Terms before, Terms after)
    {
        (string Name, string Before, string After)[] all =
        [
            ("starts_at", Json(before.StartsAt), Json(after.StartsAt)),
            ("expires_at", Json(before.ExpiresAt), Json(after.ExpiresAt)),
            ("single_use", Json(before.SingleUse), Json(after.SingleUse)),
        ];
        var changed = all.Where(term => term.Before != term.After)
            .Select(term => $"\"{term.Name}\":{{\"before\":{term.Before},\"after\":{term.After}}}");
        return $"{{{string.Join(',', changed)}}}";

        static string Json(object? value) => value switch
        {
            // The simulation's terms have whole seconds.
            DateTimeOffset instant => $"\"{instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}\"",
            bool flag => flag ? "true" : "false",
            _ => "null",
        };
    }

    private Card? HolderOf(string code) => cards.Values.FirstOrDefault(card => card.Code == code);

    private static string Accepted(IEnumerable<Card> changed) => $"Accepted {string.Join(
        ", ", changed.Select(card => $"{card.Id}:{card.Code}={card.Face}/{(card.IsActive ? "on" : "off")} v{card.Version}"))}";

    private static string Refuse(string verdict, IEnumerable<(int Item, string Fault)> faults)
    {
        var all = faults.ToList();
        return $"{verdict} {all.Select(fault => fault.Item).Distinct().Count()}: "
            + string.Join(", ", all.Select(fault => $"{fault.Item} {fault.Fault}"));
    }

    internal sealed class Card
    {
        public required long Id { get; init; }
        public required string Code { get; set; }
        public required bool IsActive { get; set; }
        public required long Face { get; set; }
        public required long Issued { get; init; }
        public required Terms Terms { get; set; }
        public long Spent { get; set; }
        public long Held { get; set; }

        /// <summary>The number of payments when one used the certificate up; 0 if none has.</summary>
        public long UsedUpTo { get; set; }
        public required long Version { get; set; }
        public required long IssuedEntry { get; init; }
        public required long LastEntry { get; set; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset ChangedAt { get; set; }
        public long Balance => Face - Spent - Held;

        public string Text =>
            $"certificate {Id}:{Code} {(IsActive ? "on" : "off")} face {Face} issued {Issued} spent {Spent} held {Held} {Terms} v{Version} used up to {UsedUpTo} "
            + $"entries {IssuedEntry}..{LastEntry} by {Operation.Actor} at {AnswerText.Instant(CreatedAt)} "
            + $"changed {AnswerText.Instant(ChangedAt)}";

        /// <summary>Counts a change and dates it by the clock, even one that was set back.</summary>
        public DateTimeOffset Touch(DateTimeOffset now)
        {
            Version++;
            return ChangedAt = now;
        }
    }

    internal sealed class Payment
    {
        public required long Id { get; init; }
        public required long CardId { get; init; }
        public required string Reference { get; init; }
        public string State { get; set; } = "";
        public required long Amount { get; init; }
        public long Captured { get; set; }
        public long Refunded { get; set; }
        public long Balance { get; set; }
        public required DateTimeOffset At { get; init; }
        public DateTimeOffset? Until { get; set; }
        public long Held => State == "Held" ? Amount - Captured : 0;

        /// <summary>Whether the payment keeps its reference. A wholly refunded order can be paid again.</summary>
        public bool IsLive => State == "Held" || (State == "Captured" && Captured > Refunded);
        public int StateNumber => Array.IndexOf(["", "Held", "Captured", "Released", "Expired"], State);

        public string Text =>
            $"redemption {Id} of {CardId} for {Reference} {State} {Amount} captured {Captured} refunded {Refunded} balance {Balance} "
            + $"at {AnswerText.Instant(At)} until {AnswerText.Instant(Until)}";
    }
}

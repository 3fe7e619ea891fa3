namespace Scrip.Tests.Simulation;

/// <summary>
/// Generates the requests of callers: few codes, ids and references, so that they collide, and amounts at the edges of the balance.
/// </summary>
internal sealed class Programme(Random random, SequentialModel model)
{
    private static readonly string[] Codes = ["A-1", "a1", "A 1", "B", "b-", "C", "D"];
    private static readonly string[] CodesOfCustomers = [.. Codes, "a-1", "b", "c ", "X"];
    private static readonly string[] BatchNames = ["May", "June"];

    private static readonly string[] References = ["R1", "R2", "R3", "R4", "R5"];

    public Operation Next(DateTimeOffset now) => random.Next(26) switch
    {
        _ when model.Cards.Count == 0 => Issue(),
        22 or 23 => Generate(),
        24 => Import(),
        25 => new NameBatch(random.NextInt64(1, model.Batches + 2), One(BatchNames)),
        20 => WriteOffs(),
        21 => Extend(now),
        < 1 => Issue(),
        < 4 => Revise(now),
        < 9 => Pay(now, capture: true),
        < 13 => Pay(now, capture: false),
        < 16 => new Capture(PaymentId(), AmountOf(payment => payment.Held), random.Next(3) > 0),
        < 17 => new Release(PaymentId()),
        _ => new Refund(PaymentId(), AmountOf(payment => payment.Captured - payment.Refunded), random.Next(2) == 0 ? null : "returned"),
    };

    /// <summary>Returns a different request, however similar.</summary>
    public Operation OtherThan(Operation operation, DateTimeOffset now)
    {
        while (true)
        {
            if (Next(now) is var other && other.ToString() != operation.ToString())
                return other;
        }
    }

    private Issue Issue() => new([.. Some(Codes, most: 3).Select(code =>
        new NewItem(code, random.Next(1, 6) * 20, random.Next(8) > 0, random.Next(4) > 0 ? Terms.None : TermsAt(null)))])
    {
        Batch = random.Next(2) == 0 ? null : One(BatchNames),
    };

    /// <summary>Some of codes that look like others, and of few, so that too few are free at times.</summary>
    private Generate Generate()
    {
        var codes = Some(["B", "C", "D", "E", "F", "G", "H", "J", "K", "M", "N", "P"], most: 12);
        return new(random.Next(1, Math.Min(3, codes.Length) + 1), random.Next(1, 6) * 20, One(BatchNames), codes);
    }

    private Import Import()
    {
        var items = Some(["A-1", "B", "C", "Q", "R", "S", "T"], most: 4).Select(code => (Code: code, Value: random.Next(1, 6) * 20));
        return new(
            random.Next(2) == 0, random.Next(2) == 0,
            [.. items.Select(item => new ImportedItem(item.Code, item.Value, random.Next(2) == 0 ? 0 : random.Next(1, item.Value + 1)))]);
    }

    private Revise Revise(DateTimeOffset now)
    {
        var codes = Some(Codes, most: 2);
        var ids = Some([.. Enumerable.Range(1, model.Cards.Count + 1)], most: codes.Length);
        // A call that repeats a code is refused before it gets here.
        return new([.. ids.Zip(codes, (id, code) => Changed(id, code, now)).DistinctBy(item => item.Code ?? $"#{item.Id}")]);
    }

    private WriteOffs WriteOffs()
    {
        var ids = Some([.. Enumerable.Range(1, model.Cards.Count + 1)], most: 2);
        return new(random.Next(2) == 0 ? null : "lapsed", [.. ids.Select(id => new ForfeitedItem(id, random.Next(4) switch
        {
            0 => null,
            1 => Math.Max(1, model.Cards.GetValueOrDefault(id)?.Balance ?? 1),
            2 => (model.Cards.GetValueOrDefault(id)?.Balance ?? 1) + 1,
            _ => random.Next(1, 12),
        }))]);
    }

    private ChangedItem Changed(long id, string code, DateTimeOffset now)
    {
        var card = model.Cards.GetValueOrDefault(id);
        // The code usually stays: a certificate that cannot be found teaches nothing.
        var kept = card is null ? code : random.Next(3) switch { 0 => code, 1 => card.Code, _ => null };
        long? value = random.Next(4) switch
        {
            0 => null,
            1 => (card?.Spent + card?.Held) ?? 1,
            2 => Math.Max(0, ((card?.Spent + card?.Held) ?? 1) - 1),
            _ => random.Next(1, 8) * 20,
        };
        bool? active = random.Next(6) switch { 0 => false, < 4 => true, _ => null };
        long? version = random.Next(6) switch { 0 => (card?.Version ?? 2) - 1, < 3 => card?.Version ?? 1, _ => null };
        return new(id, kept, value, active, random.Next(5) == 0 ? TermsAt(now) : null, version);
    }

    /// <summary>Random terms; without a time, terms of a certificate that can be spent at once.</summary>
    private Terms TermsAt(DateTimeOffset? now)
    {
        var second = DateTimeOffset.FromUnixTimeSeconds((now ?? Support.Instants.Start).ToUnixTimeSeconds());
        return new(
            now is not null && random.Next(3) == 0 ? second.AddHours(random.Next(-2, 3)) : null,
            random.Next(2) == 0 ? second.AddDays(random.Next(0, 20)) : null,
            random.Next(2) == 0);
    }

    private Pay Pay(DateTimeOffset now, bool capture)
    {
        var card = model.Cards.GetValueOrDefault(random.NextInt64(1, model.Cards.Count + 2));
        long? amount = random.Next(6) switch
        {
            0 => null,
            1 => Math.Max(1, card?.Balance ?? 1),
            2 => (card?.Balance ?? 1) + 1,
            _ => random.Next(1, 12),
        };
        // Some would end at once, some later than allowed.
        DateTimeOffset? until = capture || random.Next(3) == 0
            ? null
            : now.AddHours(random.Next(12) switch { 0 => 0, 1 => 32 * 24, var hours => hours });
        var code = random.Next(2) == 0 ? null : card is not null && random.Next(2) == 0 ? card.Code : One(CodesOfCustomers);
        return new(code, card?.Id ?? model.Cards.Count + 1, amount, One(References), capture, until, random.Next(4) == 0);
    }

    /// <summary>Moves the end of a hold, sometimes to the past, too far ahead, or to its current end.</summary>
    private Extend Extend(DateTimeOffset now)
    {
        var id = PaymentId();
        return new(id, random.Next(6) switch
        {
            0 => now,
            1 => now.AddDays(32),
            2 => model.Payments.GetValueOrDefault(id)?.Until ?? now.AddHours(1),
            _ => now.AddHours(random.Next(1, 100)),
        });
    }

    /// <summary>Usually a recent payment, sometimes the next one.</summary>
    private long PaymentId() => Math.Max(1, model.Payments.Count + 1 - (int)Math.Sqrt(random.Next(0, 40)));

    private long? AmountOf(Func<SequentialModel.Payment, long> most)
    {
        var limit = model.Payments.Count == 0 ? 1 : most(model.Payments[random.NextInt64(1, model.Payments.Count + 1)]);
        return random.Next(4) switch
        {
            0 => null,
            1 => Math.Max(1, limit),
            2 => limit + 1,
            _ => random.Next(1, 6),
        };
    }

    private T One<T>(T[] all) => all[random.Next(all.Length)];

    private T[] Some<T>(T[] all, int most)
    {
        var shuffled = all.ToArray();
        random.Shuffle(shuffled);
        return shuffled[..random.Next(1, Math.Min(most, all.Length) + 1)];
    }
}

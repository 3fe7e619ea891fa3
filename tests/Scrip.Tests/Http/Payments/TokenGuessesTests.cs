using Scrip.Server.Guessing;
using Scrip.Tests.Support;

namespace Scrip.Tests.Http.Payments;

/// <summary>What the server remembers of a token's customers, however many are made up.</summary>
public sealed class TokenGuessesTests
{
    private readonly SteppedClock clock = new();

    [Fact]
    public async Task A_customer_who_misses_nothing_is_not_remembered()
    {
        var token = NewToken();
        for (var at = 0; at < 100; at++)
            Assert.Null(await TryAsync(token, $"visitor {at}", misses: false));
        Assert.Equal(0, token.RememberedCustomers);
    }

    [Fact]
    public async Task A_customer_who_missed_is_forgotten_after_a_day_and_not_before()
    {
        var token = NewToken();
        Assert.Null(await TryAsync(token, "Bob", misses: true));
        clock.Advance(TimeSpan.FromHours(23.9));
        token.ForgetIdle();
        Assert.Equal(1, token.RememberedCustomers);

        clock.Advance(TimeSpan.FromHours(0.2));
        token.ForgetIdle();
        Assert.Equal(0, token.RememberedCustomers);
    }

    [Fact]
    public void A_look_up_under_way_keeps_its_customer()
    {
        var token = NewToken();
        using var lease = token.Rent(CustomerKey.Of("Bob"));
        token.ForgetIdle();
        Assert.Equal(1, token.RememberedCustomers);
        using (var second = token.Rent(CustomerKey.Of("Bob")))
            Assert.Same(lease.Budget, second.Budget);
        Assert.Equal(1, token.RememberedCustomers);
    }

    [Fact]
    public async Task However_many_customers_are_made_up_memory_is_bounded_and_nobody_gets_a_fresh_budget()
    {
        var token = NewToken();
        Assert.Null(await TryAsync(token, "Bob", misses: true));
        Assert.NotNull(await TryAsync(token, "Bob", misses: true));
        for (var at = 1; at < TokenGuesses.MaxCustomers; at++)
            Assert.Null(await TryAsync(token, $"made up {at}", misses: true));

        // From here on all share the budget for requests without a customer, which has one miss.
        Assert.Null(await TryAsync(token, "one more", misses: true));
        for (var at = 0; at < 100; at++)
            Assert.NotNull(await TryAsync(token, $"too many {at}", misses: true));
        Assert.NotNull(await TryAsync(token, customer: null, misses: true));
        Assert.NotNull(await TryAsync(token, "Bob", misses: true));
        Assert.Equal(TokenGuesses.MaxCustomers, token.RememberedCustomers);
    }

    private TokenGuesses NewToken() => new(new MissLimits(1, 1), new MissLimits(1_000_000, 1_000_000), clock);

    /// <summary>Null if the look-up was made, otherwise how long to wait.</summary>
    private static async Task<TimeSpan?> TryAsync(TokenGuesses token, string? customer, bool misses)
    {
        using var lease = token.Rent(customer is null ? null : CustomerKey.Of(customer));
        var wait = await lease.Budget.EnterAsync(CancellationToken.None);
        if (wait is null)
            lease.Budget.Leave(misses);
        return wait;
    }
}

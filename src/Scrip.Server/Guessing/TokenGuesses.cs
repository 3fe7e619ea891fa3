namespace Scrip.Server.Guessing;

/// <summary>
/// The guessing budgets of one token: one for each customer that the shop names, one that all requests without a customer share, and a wide
/// one for all misses together. A customer is remembered for a day after a miss, so the wide budget limits the number of customers in
/// memory.
/// </summary>
/// <param name="narrow">The limits of one customer, and of all requests without one.</param>
/// <param name="wide">The limits of the token.</param>
internal sealed class TokenGuesses(MissLimits narrow, MissLimits wide, TimeProvider time)
{
    /// <summary>
    /// A safeguard for memory (about 300 bytes each) if an operator has set a very wide budget. Further customers share the budget of
    /// requests without a customer. No customer is forgotten to make room, so made-up customers cannot reset a budget.
    /// </summary>
    public const int MaxCustomers = 20_000;

    private readonly Lock gate = new();
    private readonly Dictionary<CustomerKey, Customer> customers = [];
    private readonly Customer anonymous = new(new MissBudget(narrow, time));

    /// <summary>The budget that every miss of the token draws on, with or without a customer.</summary>
    public MissBudget Wide { get; } = new(wide, time);

    public int RememberedCustomers
    {
        get
        {
            lock (gate)
                return customers.Count;
        }
    }

    /// <summary>Rents the budget of a customer for one look-up. Dispose the lease when the look-up is over.</summary>
    /// <param name="key">Null for a request that names no customer.</param>
    public Lease Rent(CustomerKey? key)
    {
        lock (gate)
        {
            var customer = key is { } named ? Find(named) : anonymous;
            customer.LookUps++;
            return new Lease(this, customer);
        }
    }

    /// <summary>Forgets every customer whose misses are more than a day old.</summary>
    public void ForgetIdle()
    {
        lock (gate)
        {
            foreach (var (key, customer) in customers)
            {
                if (customer.IsIdle)
                    customers.Remove(key);
            }
        }
    }

    private Customer Find(CustomerKey key)
    {
        if (customers.TryGetValue(key, out var known))
            return known;
        if (customers.Count >= MaxCustomers)
            return anonymous;
        var added = new Customer(new MissBudget(narrow, time)) { Key = key };
        customers.Add(key, added);
        return added;
    }

    private void Return(Customer customer)
    {
        lock (gate)
        {
            customer.LookUps--;
            // Most customers never miss and leave nothing behind.
            if (customer is { Key: { } key, IsIdle: true })
                customers.Remove(key);
        }
    }

    public readonly struct Lease(TokenGuesses owner, Customer customer) : IDisposable
    {
        public MissBudget Budget => customer.Budget;

        public void Dispose() => owner.Return(customer);
    }

    public sealed class Customer(MissBudget budget)
    {
        public MissBudget Budget => budget;

        /// <summary>The customer; null for the budget of all requests without a customer.</summary>
        public CustomerKey? Key { get; init; }

        public int LookUps { get; set; }

        public bool IsIdle => LookUps == 0 && budget.IsIdle;
    }
}

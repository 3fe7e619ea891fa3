using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scrip.Server.Auth;
using Scrip.Server.Problems;

namespace Scrip.Server.Redemptions;

/// <summary>
/// Keeps codes from being guessed: whoever sends codes that name no certificate uses up a budget, for its token and for its address, and
/// then gets the same answer for right and wrong codes alike. Each server counts for itself.
/// </summary>
internal sealed class GuessingGuard(IOptions<ScripOptions> options, TimeProvider time)
{
    /// <summary>Beyond so many budgets those that remember nothing are thrown away.</summary>
    private const int ManyBudgets = 10_000;

    private readonly MissLimits limits = new(options.Value.MaxCodeMissesPerMinute, options.Value.MaxCodeMissesPerDay);
    private readonly ConcurrentDictionary<string, MissBudget> budgets = new();

    /// <param name="lookUp">Answers whether the code named nothing.</param>
    /// <param name="recall">
    /// What is known of the request without a look-up of its code, or null: asked before it is refused. Null where nothing ever is.
    /// </param>
    public async Task<IResult> GuardAsync(
        HttpContext context,
        Caller caller,
        Func<Task<(IResult Answer, bool HasMissed)>> lookUp,
        Func<Task<IResult?>>? recall = null)
    {
        var (answer, wait) = await TryLookUpAsync(context, caller, lookUp);
        if (answer is not null)
            return answer;
        return (recall is null ? null : await recall()) ?? Refuse(context, wait);
    }

    private async Task<(IResult? Answer, TimeSpan Wait)> TryLookUpAsync(
        HttpContext context, Caller caller, Func<Task<(IResult Answer, bool HasMissed)>> lookUp)
    {
        var ofToken = BudgetOf(string.Create(CultureInfo.InvariantCulture, $"{caller.Site.Id}/{caller.Actor}"));
        var ofAddress = BudgetOf(AddressOf(context.Connection.RemoteIpAddress));
        if (await ofToken.EnterAsync(context.RequestAborted) is { } tokenWait)
            return (null, tokenWait);
        var hasMissed = false;
        try
        {
            if (await ofAddress.EnterAsync(context.RequestAborted) is { } addressWait)
                return (null, addressWait);
            try
            {
                (var answer, hasMissed) = await lookUp();
                return (answer, default);
            }
            finally
            {
                ofAddress.Leave(hasMissed);
            }
        }
        finally
        {
            ofToken.Leave(hasMissed);
        }
    }

    private static ProblemResult Refuse(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new ProblemResult(
            ProblemType.RateLimited, "Too many codes that name no certificate came from this caller. Nothing was looked up or stored.");
    }

    private MissBudget BudgetOf(string key)
    {
        if (budgets.Count > ManyBudgets)
        {
            foreach (var (idle, _) in budgets.Where(budget => budget.Value.IsIdle))
                budgets.TryRemove(idle, out _);
        }
        return budgets.GetOrAdd(key, _ => new MissBudget(limits, time));
    }

    /// <summary>Of an IPv6 address its network: whoever has one has the whole of it.</summary>
    private static string AddressOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address)
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}

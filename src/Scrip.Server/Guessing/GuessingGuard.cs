using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Scrip.Server.Auth;
using Scrip.Server.Hosting;
using Scrip.Server.Problems;

namespace Scrip.Server.Guessing;

/// <summary>
/// Protects codes from being guessed. A code that matches no certificate is a miss. It draws on a budget of the customer that the request
/// names and on a wide budget of the token; beyond either, right and wrong codes get the same refusal. Misses of one token never affect
/// another token. Each server counts separately.
/// </summary>
internal sealed class GuessingGuard(IOptions<ScripOptions> options, TimeProvider time)
{
    private static readonly TimeSpan ForgettingInterval = TimeSpan.FromMinutes(1);

    private readonly MissLimits narrow = new(options.Value.MaxCodeMissesPerMinute, options.Value.MaxCodeMissesPerDay);
    private readonly MissLimits wide = new(options.Value.MaxTokenCodeMissesPerMinute, options.Value.MaxTokenCodeMissesPerDay);
    private readonly ConcurrentDictionary<(long SiteId, long Actor), TokenGuesses> tokens = new();
    private long forgotten = time.GetTimestamp();

    /// <param name="customer">The shop's own name for the person who typed the code; null if the request names nobody.</param>
    /// <param name="lookUp">Looks the code up and returns whether it missed.</param>
    /// <param name="recall">
    /// Called before a refusal: returns the remembered response to the request, without looking up its code, or null. Null if responses are
    /// never remembered.
    /// </param>
    public async Task<IResult> GuardAsync(
        HttpContext context,
        Caller caller,
        string? customer,
        Func<Task<(IResult Answer, bool HasMissed)>> lookUp,
        Func<Task<IResult?>>? recall = null)
    {
        var (answer, wait) = await TryLookUpAsync(context, caller, customer, lookUp);
        if (answer is not null)
            return answer;
        return (recall is null ? null : await recall()) ?? Refuse(context, wait);
    }

    private async Task<(IResult? Answer, TimeSpan Wait)> TryLookUpAsync(
        HttpContext context, Caller caller, string? customer, Func<Task<(IResult Answer, bool HasMissed)>> lookUp)
    {
        ForgetIdle();
        var token = tokens.GetOrAdd((caller.Site.Id, caller.Actor), _ => new TokenGuesses(narrow, wide, time));
        using var ofCustomer = token.Rent(customer is null ? null : CustomerKey.Of(customer));
        if (await ofCustomer.Budget.EnterAsync(context.RequestAborted) is { } customerWait)
            return (null, customerWait);
        var hasMissed = false;
        try
        {
            if (await token.Wide.EnterAsync(context.RequestAborted) is { } tokenWait)
                return (null, tokenWait);
            try
            {
                (var answer, hasMissed) = await lookUp();
                return (answer, default);
            }
            finally
            {
                token.Wide.Leave(hasMissed);
            }
        }
        finally
        {
            ofCustomer.Budget.Leave(hasMissed);
        }
    }

    private static ProblemResult Refuse(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new ProblemResult(
            ProblemType.RateLimited,
            "Too many codes that match no certificate came from this customer or token. Nothing was looked up or stored.");
    }

    /// <summary>Removes idle customers from time to time, so that those who missed once do not stay in memory for ever.</summary>
    private void ForgetIdle()
    {
        var last = Interlocked.Read(ref forgotten);
        if (time.GetElapsedTime(last) < ForgettingInterval
            || Interlocked.CompareExchange(ref forgotten, time.GetTimestamp(), last) != last)
            return;
        foreach (var token in tokens.Values)
            token.ForgetIdle();
    }
}

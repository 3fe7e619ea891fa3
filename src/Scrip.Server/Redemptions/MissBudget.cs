namespace Scrip.Server.Redemptions;

/// <summary>
/// The budget for misses of one token or one address. A look-up that is under way counts as a miss until it turns out to be none: however
/// many come at once, no more of them miss than the budget has. Those beyond it wait for the ones before.
/// </summary>
internal sealed class MissBudget(MissLimits limits)
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource<bool>> waiting = new();
    private Window minute = new(TimeSpan.FromMinutes(1), limits.PerMinute);
    private Window day = new(TimeSpan.FromDays(1), limits.PerDay);
    private int underWay;

    /// <summary>Null to go ahead, and to <see cref="Leave"/> afterwards; otherwise how long nothing is looked up any more.</summary>
    public async ValueTask<TimeSpan?> EnterAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (gate)
        {
            Roll(now);
            if (IsUsedUp)
                return RetryAfter(now);
            if (underWay < Left)
            {
                underWay++;
                return null;
            }
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(turn);
        }
        await using var registration = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        if (await turn.Task)
            return null;
        lock (gate)
            return RetryAfter(now);
    }

    public void Leave(bool hasMissed, DateTimeOffset now)
    {
        lock (gate)
        {
            underWay--;
            Roll(now);
            if (hasMissed)
            {
                minute = minute.WithMiss(now);
                day = day.WithMiss(now);
            }
            while (waiting.Count > 0 && (IsUsedUp || underWay < Left))
            {
                // One that has gone meanwhile takes no place.
                if (waiting.Dequeue().TrySetResult(!IsUsedUp) && !IsUsedUp)
                    underWay++;
            }
        }
    }

    /// <summary>Nothing is under way, and nothing is left to remember.</summary>
    public bool IsIdle(DateTimeOffset now)
    {
        lock (gate)
        {
            Roll(now);
            return underWay == 0 && waiting.Count == 0 && day.Misses == 0;
        }
    }

    private bool IsUsedUp => minute.IsUsedUp || day.IsUsedUp;

    private int Left => Math.Min(minute.Left, day.Left);

    private void Roll(DateTimeOffset now)
    {
        minute = minute.At(now);
        day = day.At(now);
    }

    private TimeSpan RetryAfter(DateTimeOffset now) => (day.IsUsedUp ? day : minute).EndsIn(now);

    /// <summary>A span of time that begins with its first miss.</summary>
    private readonly record struct Window(TimeSpan Length, int Limit)
    {
        private DateTimeOffset Start { get; init; }
        public int Misses { get; private init; }
        public bool IsUsedUp => Misses >= Limit;
        public int Left => Limit - Misses;

        public Window At(DateTimeOffset now) => Misses > 0 && now - Start >= Length ? this with { Misses = 0 } : this;

        public Window WithMiss(DateTimeOffset now) => this with { Start = Misses == 0 ? now : Start, Misses = Misses + 1 };

        public TimeSpan EndsIn(DateTimeOffset now) => Start + Length - now;
    }
}

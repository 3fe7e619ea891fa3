namespace Scrip.Server.Guessing;

/// <summary>
/// The budget for misses of one customer or one token. A look-up in progress counts as a miss until it turns out not to be one: however
/// many arrive at once, no more of them miss than the budget allows. Those in excess wait for earlier ones. The windows are measured by the
/// monotonic clock: setting the machine's clock neither ends nor extends them.
/// </summary>
internal sealed class MissBudget(MissLimits limits, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Queue<TaskCompletionSource<bool>> waiting = new();
    private Window minute = new(time, TimeSpan.FromMinutes(1), limits.PerMinute);
    private Window day = new(time, TimeSpan.FromDays(1), limits.PerDay);
    private int underWay;

    /// <summary>Returns null to proceed, and then <see cref="Leave"/> must follow; otherwise how long look-ups are suspended.</summary>
    public async ValueTask<TimeSpan?> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (gate)
        {
            Roll();
            if (IsUsedUp)
                return RetryAfter();
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
            return RetryAfter();
    }

    public void Leave(bool hasMissed)
    {
        lock (gate)
        {
            underWay--;
            Roll();
            if (hasMissed)
            {
                minute = minute.WithMiss();
                day = day.WithMiss();
            }
            while (waiting.Count > 0 && (IsUsedUp || underWay < Left))
            {
                // A look-up that was cancelled in the meantime takes no place.
                if (waiting.Dequeue().TrySetResult(!IsUsedUp) && !IsUsedUp)
                    underWay++;
            }
        }
    }

    /// <summary>Whether no look-up is in progress and no miss must be remembered.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                Roll();
                return underWay == 0 && waiting.Count == 0 && day.Misses == 0;
            }
        }
    }

    private bool IsUsedUp => minute.IsUsedUp || day.IsUsedUp;

    private int Left => Math.Min(minute.Left, day.Left);

    private void Roll()
    {
        minute = minute.Rolled();
        day = day.Rolled();
    }

    private TimeSpan RetryAfter() => (day.IsUsedUp ? day : minute).Remaining;

    /// <summary>A time window that begins with its first miss.</summary>
    private readonly record struct Window(TimeProvider Time, TimeSpan Length, int Limit)
    {
        private long Start { get; init; }
        public int Misses { get; private init; }
        public bool IsUsedUp => Misses >= Limit;
        public int Left => Limit - Misses;

        /// <summary>Never negative: a window may end between two readings of the clock.</summary>
        public TimeSpan Remaining => Elapsed is var elapsed && elapsed < Length ? Length - elapsed : TimeSpan.Zero;

        private TimeSpan Elapsed => Time.GetElapsedTime(Start);

        public Window Rolled() => Misses > 0 && Elapsed >= Length ? this with { Misses = 0 } : this;

        public Window WithMiss() => this with { Start = Misses == 0 ? Time.GetTimestamp() : Start, Misses = Misses + 1 };
    }
}

using System.Numerics;

namespace Scrip.Tests.Faults.Histories;

/// <summary>
/// Decides whether the calls have an order in which each took effect at one instant between its sending and its response, and in which each
/// response is what a single caller would have got. It uses the search of Wing and Gong (Testing and Verifying Concurrent Objects, 1993),
/// with Lowe's cache of visited states (Testing for Linearizability, 2017): the same set of completed calls with the same resulting state
/// is examined only once.
/// </summary>
internal sealed class LinearizabilityChecker
{
    /// <summary>A history that takes more steps is too large for the test, and must not count as proved.</summary>
    private const int MaxSteps = 500_000;

    private readonly IReadOnlyList<RecordedCall> calls;
    private readonly Node head = new(-1, isAnswer: false);
    private readonly HashSet<(BigInteger Done, string State)> tried = [];
    private readonly Stack<(Node Call, CertificateState Before)> order = new();
    private CertificateState state;
    private BigInteger done;
    private IReadOnlyList<RecordedCall> longest = [];

    private LinearizabilityChecker(IReadOnlyList<RecordedCall> calls, CertificateState initial)
    {
        this.calls = calls;
        state = initial;
        Link();
    }

    /// <summary>Returns null for a linearizable history; otherwise the history with the longest partial order that was found.</summary>
    public static string? FindFault(IReadOnlyList<RecordedCall> calls, CertificateState initial)
    {
        var checker = new LinearizabilityChecker(calls, initial);
        return checker.Search()
            ? null
            : $"{string.Join('\n', calls)}\nThere is no order of these. As far as it goes:\n{string.Join('\n', checker.longest)}";
    }

    private bool Search()
    {
        var node = head.Next;
        for (var steps = 0; head.Next is not null; steps++)
        {
            if (steps == MaxSteps)
                throw new InvalidOperationException($"A history of {calls.Count} calls is too large to be decided.");
            if (node is { IsAnswer: false } && TryDo(node))
            {
                node = head.Next;
            }
            else if (node is { IsAnswer: false })
            {
                node = node.Next;
            }
            else
            {
                // The next event is the response to a call that was not placed yet, so an earlier choice was wrong.
                if (!order.TryPop(out var last))
                    return false;
                (node, state) = (last.Call, last.Before);
                done -= BigInteger.One << node.Index;
                Restore(node);
                node = node.Next;
            }
        }
        return true;
    }

    private bool TryDo(Node node)
    {
        var call = calls[node.Index];
        // A call without a response creates a redemption that no call can name.
        var newId = call.Answer is null ? -1 - node.Index : CertificateState.IdIn(call.Answer);
        var (answer, after) = state.Run(call.Call, newId);
        if (call.Answer is not null && call.Answer != answer)
            return false;
        var doneThen = done + (BigInteger.One << node.Index);
        if (!tried.Add((doneThen, after.ToString())))
            return false;
        order.Push((node, state));
        (state, done) = (after, doneThen);
        Remove(node);
        if (order.Count > longest.Count)
            longest = [.. order.Reverse().Select(step => calls[step.Call.Index])];
        return true;
    }

    /// <summary>
    /// Links sendings and responses in order of time. At equal times the sending comes first, since the calls may have overlapped. A
    /// missing response comes after everything else, with any content.
    /// </summary>
    private void Link()
    {
        var moments = new List<(long Time, Node Node)>();
        for (var at = 0; at < calls.Count; at++)
        {
            var call = new Node(at, isAnswer: false) { Answer = new Node(at, isAnswer: true) };
            moments.Add((calls[at].Sent, call));
            moments.Add((calls[at].Answered ?? long.MaxValue, call.Answer));
        }
        var last = head;
        foreach (var (_, node) in moments.OrderBy(moment => moment.Time).ThenBy(moment => moment.Node.IsAnswer))
        {
            (last.Next, node.Previous) = (node, last);
            last = node;
        }
    }

    private static void Remove(Node call)
    {
        Unlink(call);
        Unlink(call.Answer!);
    }

    /// <summary>Restores a call. In the reverse order of <see cref="Remove"/>, each call finds its former neighbours.</summary>
    private static void Restore(Node call)
    {
        Relink(call.Answer!);
        Relink(call);
    }

    private static void Unlink(Node node)
    {
        node.Previous!.Next = node.Next;
        if (node.Next is not null)
            node.Next.Previous = node.Previous;
    }

    private static void Relink(Node node)
    {
        node.Previous!.Next = node;
        if (node.Next is not null)
            node.Next.Previous = node;
    }

    /// <summary>A sending or a response that still has to be placed.</summary>
    private sealed class Node(int index, bool isAnswer)
    {
        public int Index { get; } = index;
        public bool IsAnswer { get; } = isAnswer;
        public Node? Answer { get; init; }
        public Node? Previous { get; set; }
        public Node? Next { get; set; }
    }
}

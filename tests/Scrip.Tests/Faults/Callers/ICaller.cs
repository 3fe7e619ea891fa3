using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>A client that writes until the server goes away, remembers what it was told, and afterwards compares it with what is there.</summary>
internal interface ICaller
{
    /// <summary>How many of its calls were acknowledged so far.</summary>
    int Acknowledged { get; }

    /// <summary>How many of its calls had no answer so far.</summary>
    int Unanswered { get; }

    Task WriteUntilGoneAsync(HttpClient client);

    /// <summary>After a new start on the same data. Settles what was left open, as a caller of the API would.</summary>
    /// <param name="unansweredMayBeStored">After a kill nobody knows; after an orderly stop what had no answer was not done.</param>
    Task CheckAsync(HttpClient client, Stored stored, bool unansweredMayBeStored);
}

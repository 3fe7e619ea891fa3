using Scrip.Tests.Support;

namespace Scrip.Tests.Faults.Callers;

/// <summary>A client that writes until the server goes away, remembers the responses, and then compares them with what is stored.</summary>
internal interface ICaller
{
    /// <summary>How many of its calls have been acknowledged.</summary>
    int Acknowledged { get; }

    /// <summary>How many of its calls have had no response.</summary>
    int Unanswered { get; }

    Task WriteUntilGoneAsync(HttpClient client);

    /// <summary>Checks the data after a restart. Settles open calls, as a caller of the API would.</summary>
    /// <param name="unansweredMayBeStored">
    /// Whether calls without a response may be stored: after a kill nobody knows, after an orderly stop they are not.
    /// </param>
    Task CheckAsync(HttpClient client, Stored stored, bool unansweredMayBeStored);
}

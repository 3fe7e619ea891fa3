namespace Scrip.Tests.Faults.Callers;

/// <summary>A client that works through any number of kills, and afterwards compares what it was told with what is there.</summary>
internal interface ISettlingCaller
{
    SettledCalls Calls { get; }

    Task WorkAsync(CancellationToken end);

    /// <summary>Sends everything again, and checks what belongs to this client alone.</summary>
    Task CheckAsync(HttpClient client);
}

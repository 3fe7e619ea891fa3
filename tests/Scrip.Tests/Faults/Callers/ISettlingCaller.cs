namespace Scrip.Tests.Faults.Callers;

/// <summary>A client that works through any number of kills, and then compares the responses with what is stored.</summary>
internal interface ISettlingCaller
{
    SettledCalls Calls { get; }

    Task WorkAsync(CancellationToken end);

    /// <summary>Sends everything again, and checks what only this client has written.</summary>
    Task CheckAsync(HttpClient client);
}

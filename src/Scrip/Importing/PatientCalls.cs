using System.Net;
using Scrip.Client;
using Scrip.Printing;

namespace Scrip.Importing;

/// <summary>
/// Repeats a call until the server responds: it may be restarting, or busy. Every repetition is the same request with the same key, so it
/// does not matter whether an earlier one was carried out.
/// </summary>
/// <param name="patience">How long to repeat a call without success.</param>
/// <param name="beforeLine">What to do before a line is printed.</param>
internal sealed class PatientCalls(TimeSpan patience, TimeProvider time, Action beforeLine)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await call(cancellationToken);
            }
            catch (Exception fault) when (IsPassing(fault) && time.GetElapsedTime(start) < patience)
            {
                if (pause == FirstPause)
                {
                    beforeLine();
                    ErrorLine.Write($"{ReasonOf(fault)} Trying again for up to {patience.TotalSeconds:0} seconds.");
                }
                await Task.Delay(PauseAfter(fault, pause), time, cancellationToken);
            }
        }
    }

    private static bool IsPassing(Exception fault) => fault switch
    {
        ScripProblemException { Problem.Status: var status } => (HttpStatusCode)status is HttpStatusCode.RequestTimeout
            or HttpStatusCode.TooManyRequests or HttpStatusCode.InsufficientStorage or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        HttpRequestException or IOException => true,
        // The server took longer than the client waits.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };

    private static string ReasonOf(Exception fault) => fault is ScripProblemException problem
        ? $"{problem.Problem.Status} {problem.Problem.Title}"
        : $"The server does not respond: {fault.Message.TrimEnd('.')}.";

    private static TimeSpan PauseAfter(Exception fault, TimeSpan pause) =>
        fault is ScripProblemException { RetryAfter: { } asked } && asked > pause ? asked : pause;
}

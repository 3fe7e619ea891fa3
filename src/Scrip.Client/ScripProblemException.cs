namespace Scrip.Client;

/// <summary>The server refused a call. The message is one line that names every error.</summary>
/// <param name="problem">
/// The problem that the server sent; <c>about:blank</c> with the status if something else responded in its place.
/// </param>
/// <param name="retryAfter">How long the server asks to wait before the next attempt; null if it does not say.</param>
public class ScripProblemException(Problem problem, TimeSpan? retryAfter) : Exception(Describe(problem))
{
    public Problem Problem { get; } = problem;
    public TimeSpan? RetryAfter { get; } = retryAfter;

    private static string Describe(Problem problem)
    {
        string?[] parts = [$"{problem.Status}", problem.Title, problem.Detail];
        var summary = string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));
        var faults = problem.Errors ?? [];
        var details = faults.Select(fault => fault.Pointer.Length == 0 ? fault.Detail : $"{fault.Pointer}: {fault.Detail}");
        return string.Join(' ', [summary, .. details]);
    }
}

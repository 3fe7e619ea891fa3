using System.Globalization;

namespace Scrip.Tests.Support;

/// <summary>Sends signals to processes that the tests have started, by their ids. A process that has ended gets none.</summary>
public static class Signal
{
    public static void Send(string signal, int process) => Send(signal, [process]);

    /// <summary>Signals a process and its children, in the middle of their work: otherwise the children would first finish it.</summary>
    public static void SendToFamily(string signal, int process)
    {
        var children = $"/proc/{process}/task/{process}/children";
        if (!File.Exists(children))
            return;
        Send(signal, [process, .. File.ReadAllText(children)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))]);
    }

    private static void Send(string signal, IReadOnlyList<int> processes)
    {
        // If a process has ended in the meantime, the status of kill is not 0.
        using var kill = System.Diagnostics.Process.Start(
            "/bin/sh", ["-c", $"kill -{signal} {string.Join(' ', processes)} 2>/dev/null || true"]);
        kill.WaitForExit();
    }
}

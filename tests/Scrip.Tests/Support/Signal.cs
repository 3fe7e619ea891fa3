using System.Globalization;

namespace Scrip.Tests.Support;

/// <summary>Signals to processes that the tests have started, by their ids. To one that has ended it sends nothing.</summary>
public static class Signal
{
    public static void Send(string signal, int process) => Send(signal, [process]);

    /// <summary>To a process and its children, in the middle of whatever they are doing: left alone the children would first finish it.</summary>
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
        // One that has ended meanwhile makes the status of kill another than 0.
        using var kill = System.Diagnostics.Process.Start(
            "/bin/sh", ["-c", $"kill -{signal} {string.Join(' ', processes)} 2>/dev/null || true"]);
        kill.WaitForExit();
    }
}

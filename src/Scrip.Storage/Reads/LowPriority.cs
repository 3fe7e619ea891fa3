using System.Runtime.InteropServices;

namespace Scrip.Storage.Reads;

/// <summary>Makes a thread give way to those that answer requests and write.</summary>
internal static partial class LowPriority
{
    private const int ThisThread = 0;
    private const int Niceness = 10;

    public static void TakeForThisThread()
    {
        // .NET ignores the priority of threads on Linux, where each thread has a niceness of its own. Without it scans are as fair as any.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(which: 0, ThisThread, Niceness);
        else
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int niceness);
}

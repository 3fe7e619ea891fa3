using System.Runtime.InteropServices;

namespace Scrip.Storage.Reads;

/// <summary>Gives a thread a lower priority than the threads that answer requests and write.</summary>
internal static partial class LowPriority
{
    private const int ThisThread = 0;
    private const int Niceness = 10;

    public static void TakeForThisThread()
    {
        // .NET ignores thread priorities on Linux, where each thread has its own niceness. If setting it fails, scans run at normal
        // priority.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(which: 0, ThisThread, Niceness);
        else
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int niceness);
}

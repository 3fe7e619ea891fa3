using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Scrip.Bench.Load;

/// <summary>
/// The kernel's own list of readable sockets. .NET's asynchronous sockets use it too, but pass each response from one thread to another,
/// which costs this program as much as the rest of a request.
/// </summary>
internal sealed class Epoll : IDisposable
{
    private const int AddToList = 1;
    private const uint Readable = 1;
    private const int Interrupted = 4;

    private readonly SafeFileHandle list = new(epoll_create1(0), ownsHandle: true);
    private readonly Event[] events;

    public Epoll(int capacity)
    {
        events = new Event[capacity];
        if (list.IsInvalid)
            throw new SocketException(Marshal.GetLastPInvokeError());
    }

    public void Add(Socket socket, int index)
    {
        var readable = new Event { Kinds = Readable, Data = (ulong)index };
        if (epoll_ctl(list, AddToList, (int)socket.Handle, ref readable) != 0)
            throw new SocketException(Marshal.GetLastPInvokeError());
    }

    /// <summary>Waits until some sockets are readable, or for the given time, and writes their indexes.</summary>
    /// <returns>The number of indexes.</returns>
    public int Wait(TimeSpan atMost, Span<int> indexes)
    {
        var left = new TimeSpec { Seconds = (long)atMost.TotalSeconds, Nanoseconds = atMost.Ticks % TimeSpan.TicksPerSecond * 100 };
        var count = epoll_pwait2(list, events, Math.Min(events.Length, indexes.Length), ref left, 0);
        if (count < 0 && Marshal.GetLastPInvokeError() is var error and not Interrupted)
            throw new SocketException(error);
        for (var at = 0; at < count; at++)
            indexes[at] = (int)events[at].Data;
        return Math.Max(count, 0);
    }

    public void Dispose() => list.Dispose();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_ctl(SafeFileHandle list, int operation, int file, ref Event kinds);

    // The variant with a time in nanoseconds: a rate of several thousand a second cannot be kept in milliseconds.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int epoll_pwait2(SafeFileHandle list, [Out] Event[] events, int capacity, ref TimeSpec atMost, nint signals);

    // Without a gap between the two on x64, and only there.
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Event
    {
        public uint Kinds;
        public ulong Data;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Scrip.Tests.Support;

/// <summary>
/// Runs programs that refuse to run as root, such as PostgreSQL and its poolers, as the user postgres if the tests run as root.
/// </summary>
public static class PostgresUser
{
    private static int made;

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Creates a folder that belongs to the user.</summary>
    public static string MakeFolder()
    {
        var name = $"scrip-test-{Environment.ProcessId}-{Interlocked.Increment(ref made)}";
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), name)).FullName;
        if (IsRoot)
            Run("chown", "postgres", folder);
        return folder;
    }

    /// <summary>Runs a program to its end. It may leave other processes running.</summary>
    /// <exception cref="InvalidOperationException">The exit status was not 0.</exception>
    public static void RunAs(string program, params string[] arguments)
    {
        if (IsRoot)
            Run("runuser", ["-u", "postgres", "--", program, .. arguments]);
        else
            Run(program, arguments);
    }

    /// <summary>Starts a program that keeps running; its output goes to the file.</summary>
    /// <returns>The id of its process.</returns>
    public static int Start(string log, string program, params string[] arguments)
    {
        // The shell's own output is the id; a pipe held by the program would never end.
        const string script = "log=$0; \"$@\" >>\"$log\" 2>&1 </dev/null & echo $!";
        string[] shell = ["/bin/sh", "-c", script, log, program, .. arguments];
        string[] command = IsRoot ? ["runuser", "-u", "postgres", "--", .. shell] : shell;
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = "/", RedirectStandardOutput = true })!;
        var id = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return int.Parse(id, CultureInfo.InvariantCulture);
    }

    /// <summary>Finds a program on the path or in Debian's folder for system programs. Null if it is not installed.</summary>
    public static string? Find(string program) =>
        ((string[])[.. Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [], "/usr/sbin"])
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments)
    {
        // The server inherits its parent's handles: a pipe that it held would never end.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]) { WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}

using System.Globalization;

namespace Scrip.Tests.Support;

/// <summary>A PostgreSQL server with its Patroni.</summary>
/// <param name="rest">The address of Patroni's own API.</param>
/// <param name="path">The prefix of all its files.</param>
public sealed class PatroniNode(string name, int port, string rest, string path, string executable)
{
    private int patroni;

    public string Name => name;
    public int Port => port;
    public string Rest => rest;
    public string Data => path + ".data";
    public string Settings => path + ".yml";
    public string Log => path + ".log";

    /// <summary>Whether it is neither killed nor suspended.</summary>
    public bool IsRunning { get; private set; }

    public void Start()
    {
        patroni = PostgresUser.Start(Log, executable, Settings);
        IsRunning = true;
    }

    /// <summary>Sends SIGKILL to Patroni and all of its PostgreSQL, as if the machine died.</summary>
    public void Kill() => Send("KILL");

    /// <summary>Sends SIGSTOP: its processes stop, and its connections stay, as if the machine hung.</summary>
    public void Suspend() => Send("STOP");

    public void Wake()
    {
        Send("CONT");
        IsRunning = true;
    }

    private void Send(string signal)
    {
        if (patroni != 0)
            Signal.Send(signal, patroni);
        if (Postmaster() is { } postmaster)
            Signal.SendToFamily(signal, postmaster);
        IsRunning = false;
        if (signal == "KILL")
            patroni = 0;
    }

    /// <summary>
    /// The process; null if none runs: the file of a killed one stays, and its number may belong to another process by now.
    /// </summary>
    private int? Postmaster()
    {
        var file = Path.Combine(Data, "postmaster.pid");
        if (!File.Exists(file))
            return null;
        var id = File.ReadLines(file).First();
        var command = $"/proc/{id}/cmdline";
        return File.Exists(command) && File.ReadAllText(command).Contains(Data, StringComparison.Ordinal)
            ? int.Parse(id, CultureInfo.InvariantCulture)
            : null;
    }
}

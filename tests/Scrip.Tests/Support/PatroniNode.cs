using System.Globalization;

namespace Scrip.Tests.Support;

/// <summary>A PostgreSQL server and the Patroni that looks after it.</summary>
/// <param name="rest">Where Patroni's own API is.</param>
/// <param name="path">What all its files begin with.</param>
public sealed class PatroniNode(string name, int port, string rest, string path, string executable)
{
    private int patroni;

    public string Name => name;
    public int Port => port;
    public string Rest => rest;
    public string Data => path + ".data";
    public string Settings => path + ".yml";
    public string Log => path + ".log";

    /// <summary>Neither killed nor suspended.</summary>
    public bool IsRunning { get; private set; }

    public void Start()
    {
        patroni = PostgresUser.Start(Log, executable, Settings);
        IsRunning = true;
    }

    /// <summary>SIGKILL to Patroni and to all of its PostgreSQL, as when the machine dies.</summary>
    public void Kill() => Send("KILL");

    /// <summary>SIGSTOP: nothing of it runs, and its connections stay, as when the machine hangs.</summary>
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

    /// <summary>Null if none runs: the file of a killed one stays, and its number may be somebody else's by now.</summary>
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

namespace Scrip.Tests.Support;

/// <summary>
/// A test's own small ext4 disk: a file system in a file, mounted through a loop device. It can be filled, made read-only, and copied as a
/// power cut would leave it: the file holds what was forced to the disk and what the kernel happened to write back, and nothing else.
/// </summary>
public sealed class LoopDisk : IAsyncDisposable
{
    private readonly string image;

    private LoopDisk(string image, string folder)
    {
        this.image = image;
        Folder = folder;
    }

    /// <summary>The mount point.</summary>
    public string Folder { get; }

    /// <summary>The storage setting for a database on this disk.</summary>
    public string Storage => $"Data Source={DatabaseFile}";

    public string DatabaseFile => Path.Combine(Folder, "scrip.db");

    public static async Task<LoopDisk> CreateAsync(TemporaryFolder home, string name, int mebibytes)
    {
        var image = Path.Combine(home.Path, $"{name}.img");
        await using (var file = File.Create(image))
            file.SetLength((long)mebibytes << 20);
        // The kernel has nothing left to initialize later, behind the test's back.
        await SystemCommand.RunAsync("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0", image);
        return await MountAsync(home, name, image);
    }

    /// <summary>Copies the disk as a power cut would leave it now. All programs that write to it must have been stopped.</summary>
    public async Task<LoopDisk> CopyAfterPowerCutAsync(TemporaryFolder home, string name)
    {
        var copy = Path.Combine(home.Path, $"{name}.img");
        File.Copy(image, copy);
        return await MountAsync(home, name, copy);
    }

    public Task MakeReadOnlyAsync() => SystemCommand.RunAsync("mount", "-o", "remount,ro", Folder);

    /// <summary>Takes all free space; delete the file to release it.</summary>
    public async Task<string> FillAsync()
    {
        var ballast = Path.Combine(Folder, "ballast");
        await using var file = new FileStream(ballast, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1 << 20; size >= 512; size /= 2)
        {
            try
            {
                while (true)
                    await file.WriteAsync(new byte[size]);
            }
            catch (IOException)
            {
                // Not enough space for a piece of this size.
            }
        }
        file.Flush(flushToDisk: true);
        return ballast;
    }

    public async ValueTask DisposeAsync()
    {
        await SystemCommand.RunAsync("umount", "--lazy", Folder);
        File.Delete(image);
    }

    private static async Task<LoopDisk> MountAsync(TemporaryFolder home, string name, string image)
    {
        var folder = Directory.CreateDirectory(Path.Combine(home.Path, name)).FullName;
        await SystemCommand.RunAsync("mount", "-o", "loop", image, folder);
        return new LoopDisk(image, folder);
    }
}

/// <summary>A test that mounts its own disk.</summary>
public sealed class LoopDiskFactAttribute() : RequirementFactAttribute(FindMissing)
{
    private static readonly Lazy<string?> Missing = new(TryOut);

    private static string? FindMissing() => Missing.Value;

    private static string? TryOut()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return "Mounting a disk of the test's own needs Linux and root.";
        try
        {
            Task.Run(async () =>
            {
                using var home = new TemporaryFolder();
                await using var disk = await LoopDisk.CreateAsync(home, "trial", mebibytes: 8);
            }).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception refused) when (refused is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"This machine does not mount loop devices: {refused.Message}";
        }
    }
}

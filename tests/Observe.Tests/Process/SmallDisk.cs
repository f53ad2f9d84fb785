using System.Diagnostics;

namespace Observe.Tests.Process;

/// <summary>A file system of a few megabytes in memory, which can be filled up to its last byte and emptied again.</summary>
internal sealed class SmallDisk : IDisposable
{
    /// <summary>How often what was freed meanwhile is taken again.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private static readonly byte[] Page = new byte[4096];

    private readonly string _filler;
    private CancellationTokenSource? _filling;
    private Task _loop = Task.CompletedTask;

    private SmallDisk(string directory)
    {
        FullName = directory;
        _filler = Path.Combine(directory, "filler");
    }

    public string FullName { get; }

    /// <exception cref="InvalidOperationException">This user may not mount anything.</exception>
    public static SmallDisk Mount(int megabytes)
    {
        string directory = Directory.CreateTempSubdirectory("observe-disk-").FullName;
        string options = $"size={megabytes}m,mode=0777";
        if (!Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory) && !Run("sudo", "-n", "mount", "-t", "tmpfs", "-o", options, "tmpfs", directory))
        {
            Directory.Delete(directory);
            throw new InvalidOperationException(
                $"No file system could be mounted on {directory}. Run these tests as root, in a container with CAP_SYS_ADMIN, or as a user who may use sudo without a password.");
        }

        return new SmallDisk(directory);
    }

    /// <summary>Takes all that is free, and what becomes free, until <see cref="MakeRoomAsync"/>.</summary>
    public void Fill()
    {
        _filling = new CancellationTokenSource();
        CancellationToken ended = _filling.Token;
        _loop = Task.Run(() => FillAsync(ended), CancellationToken.None);
    }

    public async Task MakeRoomAsync()
    {
        await _filling!.CancelAsync();
        await _loop;
        _filling.Dispose();
        _filling = null;
        File.Delete(_filler);
    }

    public void Dispose()
    {
        _filling?.Cancel();
        _loop.Wait(TimeSpan.FromSeconds(10), CancellationToken.None);
        _filling?.Dispose();
        if (Run("umount", "--lazy", FullName) || Run("sudo", "-n", "umount", "--lazy", FullName))
        {
            Directory.Delete(FullName);
        }
    }

    private async Task FillAsync(CancellationToken ended)
    {
        // Unbuffered: each write is the disk's answer.
        await using var file = new FileStream(_filler, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        while (!ended.IsCancellationRequested)
        {
            try
            {
                while (!ended.IsCancellationRequested)
                {
                    file.Write(Page);
                }
            }
            catch (IOException)
            {
                await Task.WhenAny(Task.Delay(Interval, ended));
            }
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
            using var process = System.Diagnostics.Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // There is no such program.
        }
    }
}

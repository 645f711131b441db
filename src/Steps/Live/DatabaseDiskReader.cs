using System.Globalization;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Live;

/// <summary>
/// Reads the file system of the database's volume. Only MariaDB's container has that volume, and MariaDB itself does
/// not say how much room is left.
/// </summary>
internal sealed class DatabaseDiskReader(StepContext context)
{
    /// <summary>Says free blocks, all blocks, and the size of a block. coreutils and BusyBox both know it.</summary>
    internal static readonly string[] Command =
    [
        "stat",
        "-f",
        "-c",
        "%a %b %S",
        ContainerGroups.Database.Data!.Directory,
    ];

    private readonly ContainerCommands _commands = new(context);

    /// <summary>Reads it.</summary>
    /// <param name="containers">The containers of the installation.</param>
    /// <returns>Without a disk and without a fault if the database does not run: its container says that.</returns>
    public async Task<DatabaseDisk> ReadAsync(IEnumerable<LiveContainer> containers, CancellationToken cancellation)
    {
        var running = containers.FirstOrDefault(c =>
            c is { State: "running", Allocation: not null } && c.Group == ContainerGroups.Database.Name
        );
        if (running is null)
        {
            return new DatabaseDisk(null, null);
        }

        try
        {
            return Parse(await _commands.RunAsync(running, Command, cancellation));
        }
        catch (InstallerException e)
        {
            return new DatabaseDisk(null, e.Message);
        }
    }

    /// <summary>Reads the output of <c>stat</c>.</summary>
    internal static DatabaseDisk Parse(ContainerRun ran)
    {
        var words = ran.Output.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return
            ran.ExitCode == 0
            && words is [var free, var all, var block]
            && Number(free) is { } freeBlocks
            && Number(all) is { } allBlocks
            && Number(block) is { } size
            ? new DatabaseDisk(new LiveDisk(LiveDisk.OfDatabase, Bytes(freeBlocks, size), Bytes(allBlocks, size)), null)
            : new DatabaseDisk(null, Said(ran));
    }

    // More than a long holds cannot be true, and is shown as the largest.
    private static long Bytes(long blocks, long size) => (long)Math.Min((decimal)blocks * size, long.MaxValue);

    private static long? Number(string word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Said(ContainerRun ran) =>
        TerminalText.Clean(ran.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()
        ?? FormattableString.Invariant($"{Command[0]} ended with {ran.ExitCode}");
}

/// <summary>The file system of the database's volume.</summary>
/// <param name="Disk">Null: it could not be read.</param>
/// <param name="Fault">Why it could not be read; null: it could, or the database does not run.</param>
internal sealed record DatabaseDisk(LiveDisk? Disk, string? Fault);

using System.ComponentModel;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;

namespace ErpInstaller.Outside.Docker;

/// <summary>The free space of the engine's disk.</summary>
internal sealed partial class DockerEngine
{
    private static readonly TimeSpan PatienceWithDisk = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<string> DescribeDiskAsync(CancellationToken cancellation)
    {
        var info = await GetInfoAsync(cancellation);
        var images = info is { HasContainerdStore: true, OwnContainerd: false }
            ? $"images: {Free(ContainerdRoot())}"
            : "";
        var taken = await TakenAsync(cancellation);
        return string.Join("; ", new[] { Free(info.RootDirectory), images, taken }.Where(t => t.Length > 0));
    }

    private static string ContainerdRoot() =>
        ContainerdDirectory.In(
            File.Exists(ContainerdDirectory.File) ? File.ReadAllText(ContainerdDirectory.File) : null
        );

    // The engine may run on another host; then its root is not on this one.
    private static string Free(string root)
    {
        if (!Directory.Exists(root))
        {
            return root;
        }

        var drive = new DriveInfo(root);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{root}: {Gigabytes(drive.AvailableFreeSpace)} of {Gigabytes(drive.TotalSize)} GB free"
        );

        static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture);
    }

    // Through the docker command, because the API's format differs between versions. For example "Images 21.3GB".
    private async Task<string> TakenAsync(CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(PatienceWithDisk);
        try
        {
            var command = Cli.Wrap("docker")
                .WithArguments(["system", "df", "--format", "{{.Type}} {{.Size}}"])
                .WithValidation(CommandResultValidation.None);
            var said = await (
                _endpoint is null
                    ? command
                    : command.WithEnvironmentVariables(v => v.Set("DOCKER_HOST", _endpoint.OriginalString))
            ).ExecuteBufferedAsync(deadline.Token);
            return said.ExitCode == 0 ? "Docker takes: " + said.StandardOutput.Trim().ReplaceLineEndings(", ") : "";
        }
        catch (Win32Exception)
        {
            // No docker command.
            return "";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "";
        }
    }
}

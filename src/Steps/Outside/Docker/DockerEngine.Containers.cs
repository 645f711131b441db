using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ErpInstaller.Outside.Docker;

/// <summary>Running containers: what they use, and commands in them.</summary>
internal sealed partial class DockerEngine
{
    // The longest output that is read. More is cut off.
    private const int LongestOutput = 1024 * 1024;

    /// <inheritdoc/>
    public async Task<ContainerUsage?> FindUsageAsync(string container, CancellationToken cancellation)
    {
        ContainerStatsResponse? seen = null;
        var wanted = new ContainerStatsParameters { Stream = false, OneShot = true };
        try
        {
            await AskAsync(
                async (c, stop) =>
                {
                    await c.Containers.GetContainerStatsAsync(container, wanted, new Seen(s => seen = s), stop);
                    return true;
                },
                cancellation
            );
        }
        catch (DockerRefused)
        {
            return null;
        }

        // A container that does not run has no figures.
        return seen is { CPUStats.CPUUsage.TotalUsage: > 0 and var cpu, MemoryStats: { } memory }
            ? new ContainerUsage(TimeSpan.FromTicks((long)cpu / 100), WithoutFiles(memory))
            : null;
    }

    /// <inheritdoc/>
    public async Task<ContainerRun?> ExecuteAsync(
        string container,
        IReadOnlyList<string> command,
        CancellationToken cancellation
    )
    {
        var wanted = new ContainerExecCreateParameters
        {
            Cmd = [.. command],
            AttachStdout = true,
            AttachStderr = true,
        };
        try
        {
            var made = await AskAsync(
                (c, stop) => c.Exec.CreateContainerExecAsync(container, wanted, stop),
                cancellation
            );
            var output = new MemoryStream();
            using var stream = await AskAsync(
                (c, stop) => c.Exec.StartContainerExecAsync(made.ID, new ContainerExecStartParameters(), stop),
                cancellation
            );
            await CopyAsync(
                stream,
                chunk => output.Write(chunk, 0, (int)Math.Min(chunk.Length, LongestOutput - output.Length)),
                cancellation
            );
            var ended = await AskAsync((c, stop) => c.Exec.InspectContainerExecAsync(made.ID, stop), cancellation);
            return new ContainerRun(ended.ExitCode ?? 0, Encoding.UTF8.GetString(output.ToArray()));
        }
        catch (DockerRefused)
        {
            return null;
        }
    }

    // As "docker stats" does (docker/cli, stats_helpers.go): the first is cgroup v1's, the second v2's.
    private static long WithoutFiles(MemoryStats memory)
    {
        ulong files = 0;
        _ =
            memory.Stats?.TryGetValue("total_inactive_file", out files) == true
            || memory.Stats?.TryGetValue("inactive_file", out files) == true;
        var used = memory.Usage ?? 0;
        return (long)(used > files ? used - files : used);
    }

    // Not Progress<T>, which would report on another thread, later.
    private sealed class Seen(Action<ContainerStatsResponse> take) : IProgress<ContainerStatsResponse>
    {
        public void Report(ContainerStatsResponse value) => take(value);
    }
}

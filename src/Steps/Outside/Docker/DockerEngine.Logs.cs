using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ErpInstaller.Outside.Docker;

/// <summary>The output of Nomad's containers.</summary>
internal sealed partial class DockerEngine
{
    private const int ChunkBytes = 16 * 1024;

    /// <inheritdoc/>
    public async Task<bool> ReadTaskLogAsync(TaskLogRequest log, Action<byte[]> take, CancellationToken cancellation)
    {
        if (await FindTaskAsync(log.Allocation, log.Task, cancellation) is not { } container)
        {
            return false;
        }

        var wanted = new ContainerLogsParameters
        {
            ShowStdout = log.Type == "stdout",
            ShowStderr = log.Type == "stderr",
            Follow = log.Follow,
            Tail = log.Lines?.ToString(CultureInfo.InvariantCulture) ?? "all",
        };
        try
        {
            using var stream = await _connection.RunAsync(
                (c, stop) => c.Containers.GetContainerLogsAsync(container, wanted, stop),
                cancellation
            );
            await CopyAsync(stream, take, cancellation);
            return true;
        }
        catch (DockerApiException)
        {
            // The container is gone by now, or its logging driver keeps nothing that can be read.
            return false;
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            cancellation.ThrowIfCancellationRequested();
            return true;
        }
    }

    private async Task<string?> FindTaskAsync(string allocation, string task, CancellationToken cancellation)
    {
        var name = DockerContainer.OfTask(allocation, task);
        var wanted = new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["name"] = new Dictionary<string, bool> { [name] = true },
            },
        };
        var found = await AskAsync((c, stop) => c.Containers.ListContainersAsync(wanted, stop), cancellation);
        return found.FirstOrDefault(c => c.Names?.Contains("/" + name) == true)?.ID;
    }

    private static async Task CopyAsync(MultiplexedStream log, Action<byte[]> take, CancellationToken cancellation)
    {
        var buffer = new byte[ChunkBytes];
        while (true)
        {
            var read = await log.ReadOutputAsync(buffer, 0, buffer.Length, cancellation);
            if (read.EOF)
            {
                return;
            }

            take(buffer[..read.Count]);
        }
    }
}

using System.Text;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Following;

/// <summary>
/// Reads what tasks wrote from Nomad. If its client collects no logs, it reads them from the container at this host's
/// engine, as long as that container exists.
/// </summary>
internal sealed class TaskOutput(NomadClient nomad, IDockerEngine docker)
{
    /// <inheritdoc cref="NomadClient.TailAsync"/>
    public async Task<IReadOnlyList<string>> TailAsync(
        string allocation,
        string task,
        string type,
        int lines,
        CancellationToken stop
    )
    {
        try
        {
            return await nomad.TailAsync(allocation, task, type, lines, stop);
        }
        catch (NomadLogMissing e) when (e.Absence == NomadLogAbsence.NotKept)
        {
            using var output = new MemoryStream();
            var log = new TaskLogRequest(allocation, task, type, lines, Follow: false);
            if (!await FromEngineAsync(log, p => output.Write(p), stop))
            {
                throw;
            }

            var text = TerminalText.Clean(Encoding.UTF8.GetString(output.ToArray()));
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines)];
        }
    }

    /// <inheritdoc cref="NomadClient.ReadLogAsync"/>
    public async Task ReadAsync(
        string allocation,
        string task,
        string type,
        long offset,
        bool follow,
        Action<byte[]> take,
        CancellationToken stop
    )
    {
        try
        {
            await nomad.ReadLogAsync(allocation, task, type, offset, follow, take, stop);
        }
        catch (NomadLogMissing e) when (e.Absence == NomadLogAbsence.NotKept)
        {
            var rest = offset;
            void Take(byte[] piece)
            {
                var skipped = (int)Math.Min(rest, piece.Length);
                rest -= skipped;
                if (skipped < piece.Length)
                {
                    take(piece[skipped..]);
                }
            }

            if (!await FromEngineAsync(new TaskLogRequest(allocation, task, type, Lines: null, follow), Take, stop))
            {
                throw;
            }
        }
    }

    // Without an engine here, Nomad's own reason is the better message.
    private async Task<bool> FromEngineAsync(TaskLogRequest log, Action<byte[]> take, CancellationToken stop)
    {
        try
        {
            return await docker.ReadTaskLogAsync(log, take, stop);
        }
        catch (Exception e) when (e is DockerUnreachable or DockerRefused)
        {
            return false;
        }
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Nomad;

/// <summary>Logs of tasks. All need <c>read-logs</c>.</summary>
public sealed partial class NomadClient
{
    private const string ReadLogs = "namespace read-logs";

    /// <summary>The last lines that a task wrote, cleaned of control sequences; empty when it wrote none.</summary>
    /// <param name="type">stdout or stderr.</param>
    /// <exception cref="NomadLogMissing">There is no log.</exception>
    public async Task<IReadOnlyList<string>> TailAsync(
        string allocation,
        string task,
        string type,
        int lines,
        CancellationToken cancellation
    )
    {
        const int Bytes = 65536;
        var query = FormattableString.Invariant(
            $"task={Uri.EscapeDataString(task)}&type={type}&origin=end&offset={Bytes}&plain=true"
        );
        using var answer = await SendAsync(HttpMethod.Get, LogsOf(allocation), query, content: null, cancellation);
        await CheckLogAsync(answer, task, cancellation);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);

        // Then the text begins inside a line. Half a line could be half a secret, which nothing would recognise.
        var begin = bytes.Length < Bytes ? 0 : Array.IndexOf(bytes, (byte)'\n') + 1;
        var text = TerminalText.Clean(Encoding.UTF8.GetString(bytes.AsSpan(begin)));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines)];
    }

    /// <summary>Reads what a task wrote, piece by piece.</summary>
    /// <param name="type">stdout or stderr.</param>
    /// <param name="offset">Bytes to leave out from the start.</param>
    /// <param name="follow">Whether to follow the log until <paramref name="cancellation"/> or its removal.</param>
    /// <param name="take">Receives each chunk.</param>
    /// <exception cref="NomadLogMissing">There is no log.</exception>
    /// <exception cref="NomadUnreachable">The connection broke.</exception>
    public Task ReadLogAsync(
        string allocation,
        string task,
        string type,
        long offset,
        bool follow,
        Action<byte[]> take,
        CancellationToken cancellation
    ) => ReadLogAsync(allocation, task, type, ("start", offset), follow, take, cancellation);

    /// <summary>As the other, beginning before the end of the log.</summary>
    /// <param name="bytes">How many bytes before the end; all if the log has fewer.</param>
    public Task ReadLogEndAsync(
        string allocation,
        string task,
        string type,
        long bytes,
        bool follow,
        Action<byte[]> take,
        CancellationToken cancellation
    ) => ReadLogAsync(allocation, task, type, ("end", bytes), follow, take, cancellation);

    private async Task ReadLogAsync(
        string allocation,
        string task,
        string type,
        (string Origin, long Offset) from,
        bool follow,
        Action<byte[]> take,
        CancellationToken cancellation
    )
    {
        // As JSON: with plain=true nothing is sent, not even headers, until the task writes its first line.
        var follows = follow ? "true" : "false";
        var query = FormattableString.Invariant(
            $"task={Uri.EscapeDataString(task)}&type={type}&origin={from.Origin}&offset={from.Offset}&follow={follows}"
        );
        using var answer = await SendAsync(
            HttpMethod.Get,
            LogsOf(allocation),
            query,
            content: null,
            cancellation,
            HttpCompletionOption.ResponseHeadersRead
        );
        await CheckLogAsync(answer, task, cancellation);
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
            await foreach (
                var frame in JsonSerializer.DeserializeAsyncEnumerable(
                    stream,
                    NomadJson.Default.NomadLogFrame,
                    topLevelValues: true,
                    cancellation
                )
            )
            {
                if (frame?.Data is { Length: > 0 } data)
                {
                    take(data);
                }
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or JsonException)
        {
            // After the stream has begun, an error arrives as text behind the last frame.
            throw new NomadUnreachable(
                $"The log of {task} broke off: {e.Message.Split('\n')[0]}",
                NomadUnreachable.HintFor(Address, installed: true),
                e
            );
        }
    }

    private static string LogsOf(string allocation) => $"/v1/client/fs/logs/{allocation}";

    // The texts are from client/fs_endpoint.go and client/client.go. Nomad 1.4 answers 500 for some of them.
    private async Task CheckLogAsync(HttpResponseMessage answer, string task, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        var said = await answer.Content.ReadAsStringAsync(cancellation);
        bool Says(string text) => said.Contains(text, StringComparison.OrdinalIgnoreCase);

        // Nomad 1.10 answers 500 to a token without the capability.
        if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized || Says("Permission denied"))
        {
            throw new NomadDenied($"to read the log of {task}", ReadLogs, _connection.Token is not null);
        }

        throw Says("not started yet") || Says("unknown task name")
            ? new NomadLogMissing(task, NomadLogAbsence.NotStarted)
        : Says("log entry for task") ? new NomadLogMissing(task, NomadLogAbsence.NotKept)
        : Says("unknown allocation") || Says("not found") || Says("no such file")
            ? new NomadLogMissing(task, NomadLogAbsence.Removed)
        : new NomadUnreachable(
            $"Nomad at {Address} does not give the log of {task}: {TerminalText.Clean(said.Trim())}",
            NomadUnreachable.HintFor(Address)
        );
    }
}

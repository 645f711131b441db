using System.Globalization;

namespace ErpInstaller.Rehearsal;

/// <summary>What the containers of services write, each in the form of its program.</summary>
internal static class RehearsedServiceLog
{
    /// <summary>The lines of a stream of a task that runs.</summary>
    /// <param name="type">stdout or stderr.</param>
    public static IReadOnlyList<string> LinesOf(string task, string type, DateTimeOffset now)
    {
        string Time(string format) => now.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
        var (date, redis) = (Time("yyyy-MM-dd HH:mm:ss"), Time("dd MMM yyyy HH:mm:ss.fff"));
        return (task, type) switch
        {
            ("backend", "stderr") =>
            [
                $"[{date} +0000] [7] [INFO] Starting gunicorn 23.0.0",
                $"[{date} +0000] [7] [INFO] Listening at: http://0.0.0.0:8000 (7)",
                $"[{date} +0000] [9] [INFO] Booting worker with pid: 9",
            ],
            ("frontend", "stdout") =>
            [
                $"192.0.2.7 - - [{Time("dd/MMM/yyyy:HH:mm:ss")} +0000] \"GET /login HTTP/1.1\" 200 8123 \"-\" \"-\"",
                $"192.0.2.7 - - [{Time("dd/MMM/yyyy:HH:mm:ss")} +0000] \"GET /app HTTP/1.1\" 200 40211 \"-\" \"-\"",
            ],
            ("mariadb", "stderr") => [$"{date} 0 [Note] mariadbd: ready for connections."],
            ("redis-cache" or "redis-queue" or "redis-socketio", "stdout") =>
            [
                $"1:M {redis} * Ready to accept connections",
            ],
            ("websocket" or "scheduler" or "queue-short" or "queue-long", "stdout") => [$"{date} {task}: simulated"],
            _ => [],
        };
    }
}

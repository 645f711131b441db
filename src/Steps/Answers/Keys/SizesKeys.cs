using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.ContainerResources>;

namespace ErpInstaller.Answers.Keys;

/// <summary>The tables <c>[scale]</c> and <c>[resources]</c>.</summary>
internal static class SizesKeys
{
    private static readonly (int, int) Containers = (1, 64);
    private static readonly (int, int) Millicores = (100, 256_000);
    private static readonly (int, int) Mebibytes = (64, 1_048_576);

    /// <summary>The table <c>[scale]</c>.</summary>
    public static TableKey Scale { get; } =
        KeysOf<AnswerFile>.Table(
            "scale",
            "How many containers of the groups that scale. The scheduler is always one.",
            a => a.Scale,
            (a, v) => a with { Scale = v },
            [
                KeysOf<ScaleAnswers>.Number(
                    "backend",
                    "Containers that answer requests.",
                    Containers,
                    s => s.Backend,
                    (s, v) => s with { Backend = v }
                ) with
                {
                    Label = "Backends",
                },
                KeysOf<ScaleAnswers>.Number(
                    "queue_short",
                    "Workers of the queues short and default.",
                    Containers,
                    s => s.QueueShort,
                    (s, v) => s with { QueueShort = v }
                ) with
                {
                    Label = "Short-queue workers",
                },
                KeysOf<ScaleAnswers>.Number(
                    "queue_long",
                    "Workers of the queue long.",
                    Containers,
                    s => s.QueueLong,
                    (s, v) => s with { QueueLong = v }
                ) with
                {
                    Label = "Long-queue workers",
                },
            ]
        );

    /// <summary>The table <c>[resources]</c>.</summary>
    public static TableKey Resources { get; } =
        KeysOf<AnswerFile>.Table(
            "resources",
            "What one container of each group gets.",
            a => a.Resources,
            (a, v) => a with { Resources = v },
            [
                Group("database", "Database", "MariaDB.", r => r.Database, (r, v) => r with { Database = v }),
                Group(
                    "redis_cache",
                    "Redis cache",
                    "Redis that may forget.",
                    r => r.RedisCache,
                    (r, v) => r with { RedisCache = v }
                ),
                Group(
                    "redis_queue",
                    "Redis queue",
                    "Redis that holds the background jobs.",
                    r => r.RedisQueue,
                    (r, v) => r with { RedisQueue = v }
                ),
                Group(
                    "redis_socketio",
                    "Redis socketio",
                    "Redis of the realtime messages.",
                    r => r.RedisSocketio,
                    (r, v) => r with { RedisSocketio = v }
                ),
                Group(
                    "init",
                    "Init",
                    "The two containers that prepare the site, each.",
                    r => r.Init,
                    (r, v) => r with { Init = v }
                ),
                Group(
                    "backend",
                    "Backend",
                    "Gunicorn with all apps.",
                    r => r.Backend,
                    (r, v) => r with { Backend = v }
                ),
                Group(
                    "websocket",
                    "Websocket",
                    "Node.js with socket.io.",
                    r => r.Websocket,
                    (r, v) => r with { Websocket = v }
                ),
                Group("frontend", "Frontend", "nginx.", r => r.Frontend, (r, v) => r with { Frontend = v }),
                Group("scheduler", "Scheduler", "The scheduler.", r => r.Scheduler, (r, v) => r with { Scheduler = v }),
                Group(
                    "queue_short",
                    "Short queue",
                    "Worker of quick jobs.",
                    r => r.QueueShort,
                    (r, v) => r with { QueueShort = v }
                ),
                Group(
                    "queue_long",
                    "Long queue",
                    "Worker of long jobs.",
                    r => r.QueueLong,
                    (r, v) => r with { QueueLong = v }
                ),
            ]
        );

    private static TableKey Group(
        string name,
        string label,
        string summary,
        Func<ResourcesAnswers, ContainerResources> get,
        Func<ResourcesAnswers, ContainerResources, ResourcesAnswers> set
    ) =>
        KeysOf<ResourcesAnswers>.Table(
            name,
            summary,
            get,
            set,
            [
                Number(
                    "cpu",
                    "CPU reserved for one container, in millicores.",
                    Millicores,
                    c => c.Cpu,
                    (c, v) => c with { Cpu = v }
                ) with
                {
                    Label = $"{label} CPU",
                },
                Number(
                    "memory",
                    "Memory of one container, in MiB; a hard limit.",
                    Mebibytes,
                    c => c.Memory,
                    (c, v) => c with { Memory = v }
                ) with
                {
                    Label = $"{label} memory",
                },
            ]
        );
}

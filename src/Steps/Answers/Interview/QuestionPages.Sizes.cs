using ErpInstaller.Core.Ids;

namespace ErpInstaller.Answers.Interview;

/// <summary>Questions about how many containers and how large.</summary>
internal static partial class QuestionPages
{
    private static QuestionPage Sizes =>
        new(
            "sizes",
            StepId.Deployment,
            "Counts and sizes",
            "How many containers of the groups that scale, and what one container of each group gets. CPU is reserved, in millicores (1000 is one core); memory is a hard limit, in MiB.",
            [
                Of("scale.backend", "Backends", (a, t) =>
                    a with
                    {
                        Scale = a.Scale with { Backend = AnswerText.Number(t) },
                    }
                ),
                Of("scale.queue_short", "Short-queue workers", (a, t) =>
                    a with
                    {
                        Scale = a.Scale with { QueueShort = AnswerText.Number(t) },
                    }
                ),
                Of("scale.queue_long", "Long-queue workers", (a, t) =>
                    a with
                    {
                        Scale = a.Scale with { QueueLong = AnswerText.Number(t) },
                    }
                ),
                .. Group("database", "Database", r => r.Database, (r, c) => r with { Database = c }),
                .. Group("redis_cache", "Redis cache", r => r.RedisCache, (r, c) => r with { RedisCache = c }),
                .. Group("redis_queue", "Redis queue", r => r.RedisQueue, (r, c) => r with { RedisQueue = c }),
                .. Group(
                    "redis_socketio",
                    "Redis socketio",
                    r => r.RedisSocketio,
                    (r, c) => r with { RedisSocketio = c }
                ),
                .. Group("init", "Init", r => r.Init, (r, c) => r with { Init = c }),
                .. Group("backend", "Backend", r => r.Backend, (r, c) => r with { Backend = c }),
                .. Group("websocket", "Websocket", r => r.Websocket, (r, c) => r with { Websocket = c }),
                .. Group("frontend", "Frontend", r => r.Frontend, (r, c) => r with { Frontend = c }),
                .. Group("scheduler", "Scheduler", r => r.Scheduler, (r, c) => r with { Scheduler = c }),
                .. Group("queue_short", "Short queue", r => r.QueueShort, (r, c) => r with { QueueShort = c }),
                .. Group("queue_long", "Long queue", r => r.QueueLong, (r, c) => r with { QueueLong = c }),
            ]
        )
        {
            Gate = "Change how many containers there are, and how large?",
        };

    private static IEnumerable<Question> Group(
        string name,
        string label,
        Func<ResourcesAnswers, ContainerResources> of,
        Func<ResourcesAnswers, ContainerResources, ResourcesAnswers> change
    ) =>
        [
            Of($"resources.{name}.cpu", $"{label} CPU", (a, t) =>
                a with
                {
                    Resources = change(a.Resources, of(a.Resources) with { Cpu = AnswerText.Number(t) }),
                }
            ),
            Of($"resources.{name}.memory", $"{label} memory", (a, t) =>
                a with
                {
                    Resources = change(a.Resources, of(a.Resources) with { Memory = AnswerText.Number(t) }),
                }
            ),
        ];
}

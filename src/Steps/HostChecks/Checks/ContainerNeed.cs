using ErpInstaller.Answers;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>The resources that containers reserve.</summary>
/// <param name="Millicores">CPU, in thousandths of a core.</param>
/// <param name="Memory">Memory, in MiB.</param>
public sealed record ContainerNeed(int Millicores, int Memory)
{
    public static ContainerNeed operator +(ContainerNeed one, ContainerNeed other) =>
        new(one.Millicores + other.Millicores, one.Memory + other.Memory);

    /// <summary>Lists every long-running container: its group and the resources that it reserves.</summary>
    public static IEnumerable<(string Group, ContainerResources Each)> Each(AnswerFile answers)
    {
        var (r, scale) = (answers.Resources, answers.Scale);
        return
        [
            ("database", r.Database),
            ("redis-cache", r.RedisCache),
            ("redis-queue", r.RedisQueue),
            ("redis-socketio", r.RedisSocketio),
            .. Enumerable.Repeat(("backend", r.Backend), scale.Backend),
            ("websocket", r.Websocket),
            ("frontend", r.Frontend),
            ("scheduler", r.Scheduler),
            .. Enumerable.Repeat(("queue-short", r.QueueShort), scale.QueueShort),
            .. Enumerable.Repeat(("queue-long", r.QueueLong), scale.QueueLong),
        ];
    }

    /// <summary>
    /// The needs of the three jobs. The two containers of the init job run one after the other, before the application
    /// starts; only when apps are added later do both jobs run at the same time.
    /// </summary>
    public static (ContainerNeed Data, ContainerNeed Application, ContainerNeed Init) Of(AnswerFile answers)
    {
        var (r, scale) = (answers.Resources, answers.Scale);
        return (
            Sum((r.Database, 1), (r.RedisCache, 1), (r.RedisQueue, 1), (r.RedisSocketio, 1)),
            Sum(
                (r.Backend, scale.Backend),
                (r.Websocket, 1),
                (r.Frontend, 1),
                (r.Scheduler, 1),
                (r.QueueShort, scale.QueueShort),
                (r.QueueLong, scale.QueueLong)
            ),
            Sum((r.Init, 1))
        );
    }

    private static ContainerNeed Sum(params (ContainerResources Each, int Count)[] groups) =>
        new(groups.Sum(g => g.Each.Cpu * g.Count), groups.Sum(g => g.Each.Memory * g.Count));
}

using ErpInstaller.Answers;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>What containers reserve.</summary>
/// <param name="Millicores">CPU.</param>
/// <param name="Memory">MiB.</param>
public sealed record ContainerNeed(int Millicores, int Memory)
{
    public static ContainerNeed operator +(ContainerNeed one, ContainerNeed other) =>
        new(one.Millicores + other.Millicores, one.Memory + other.Memory);

    /// <summary>Every container that serves: its group and what it reserves.</summary>
    public static IEnumerable<(string Group, ContainerResources Each)> Each(AnswerFile answers) =>
        ContainerGroups.Serving.SelectMany(g => Enumerable.Repeat((g.Group, g.SizeIn(answers)), g.CountIn(answers)));

    /// <summary>
    /// What a job needs. The init job's two containers run one after the other, so it needs what one of them does. It
    /// runs before the application does; beside it only when apps are added later.
    /// </summary>
    public static ContainerNeed Of(AnswerFile answers, JobRole job) =>
        ContainerGroups
            .Of(job)
            .Select(g => (Each: g.SizeIn(answers), Count: g.CountIn(answers)))
            .Aggregate(new ContainerNeed(0, 0), (sum, g) =>
                sum + new ContainerNeed(g.Each.Cpu * g.Count, g.Each.Memory * g.Count)
            );

    /// <summary>What runs for good: the data job and the application job.</summary>
    public static ContainerNeed Serving(AnswerFile answers) =>
        Of(answers, JobRole.Data) + Of(answers, JobRole.Application);
}

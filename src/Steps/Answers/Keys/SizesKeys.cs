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
            "Containers in each group that scales. There is one scheduler.",
            a => a.Scale,
            (a, v) => a with { Scale = v },
            [.. ContainerGroups.All.Where(g => g.Scale is not null).Select(Count)]
        );

    /// <summary>The table <c>[resources]</c>.</summary>
    public static TableKey Resources { get; } =
        KeysOf<AnswerFile>.Table(
            "resources",
            "CPU and memory of one container.",
            a => a.Resources,
            (a, v) => a with { Resources = v },
            [.. ContainerGroups.All.Select(Group)]
        );

    private static NumberKey Count(ContainerGroup group) =>
        KeysOf<ScaleAnswers>.Number(
            group.Key,
            group.Scale!.Summary,
            Containers,
            group.Scale.Count,
            group.Scale.WithCount
        ) with
        {
            Label = group.Scale.Label,
        };

    private static TableKey Group(ContainerGroup group) =>
        KeysOf<ResourcesAnswers>.Table(
            group.Key,
            group.Summary,
            group.Size,
            group.WithSize,
            [
                Number(
                    "cpu",
                    "CPU reserved for one container, in millicores.",
                    Millicores,
                    c => c.Cpu,
                    (c, v) => c with { Cpu = v }
                ) with
                {
                    Label = $"{group.Label} CPU",
                },
                Number(
                    "memory",
                    "Memory of one container, in MiB; a hard limit.",
                    Mebibytes,
                    c => c.Memory,
                    (c, v) => c with { Memory = v }
                ) with
                {
                    Label = $"{group.Label} memory",
                },
            ]
        );
}

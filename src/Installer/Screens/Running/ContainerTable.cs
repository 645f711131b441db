using ErpInstaller.Run;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Running;

/// <summary>The containers as a table: task, state, restarts, last event.</summary>
internal static class ContainerTable
{
    /// <summary>Its lines, in the order in which the containers appeared.</summary>
    public static IEnumerable<Line> Draw(IEnumerable<ContainerSeen> containers, Glyphs glyphs, int width) =>
        containers.Select(c => Draw(c, glyphs).Clip(width, glyphs.More));

    private static Line Draw(ContainerSeen container, Glyphs glyphs)
    {
        var (sign, tone, state) = Sign(container, glyphs);
        var restarts = container.Restarts > 0 ? $" {container.Restarts} restarts" : "";
        return new Line(sign, tone)
            .Add(" ")
            .Add(container.Task)
            .To(18)
            .Add(state, tone)
            .Add(restarts, Tone.Warning)
            .To(32)
            .Add(container.LastEvent, Tone.Quiet);
    }

    private static (string Sign, Tone Tone, string State) Sign(ContainerSeen container, Glyphs glyphs) =>
        container switch
        {
            { Failed: true } => (glyphs.Failed, Tone.Bad, "failed"),
            { State: "dead" } => (glyphs.Done, Tone.Good, "complete"),
            { Healthy: true } => (glyphs.Done, Tone.Good, "healthy"),
            { Healthy: false } => (glyphs.Failed, Tone.Bad, "unhealthy"),
            { State: "running" } => (glyphs.Running, Tone.Accent, "running"),
            _ => (glyphs.Waiting, Tone.Quiet, container.State),
        };
}

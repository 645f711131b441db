namespace ErpInstaller.Run;

/// <summary>Reports the progress of a step. The run adds the step's id and the time.</summary>
public sealed class StepReporter(string step, EventStream events)
{
    /// <summary>The step's id.</summary>
    public string Step => step;

    /// <summary>Reports the current work and its progress.</summary>
    /// <param name="text">One line.</param>
    /// <param name="ratio">0 to 1, or null when it cannot be known.</param>
    /// <param name="note">Changes while the text stays: the time left, the time since the last output.</param>
    public void Progress(string text, double? ratio = null, string? note = null) =>
        events.Publish(new Progress(step, text, ratio) { Note = note });

    /// <summary>Adds a line to the log.</summary>
    public void Log(string line, LogLevel level = LogLevel.Info) => events.Publish(new Log(step, level, line));

    /// <summary>Reports the verdict of a host check.</summary>
    public void Checked(string check, string verdict, string found, string needed, string hint) =>
        events.Publish(new HostChecked(check, verdict, found, needed, hint));

    /// <summary>Reports that a part of the work on an app began or ended.</summary>
    public void Building(string app, string part, bool done, double seconds) =>
        events.Publish(new AppBuilding(step, app, part, done, seconds));

    /// <summary>Reports the state of a container.</summary>
    public void Container(ContainerSeen seen) => events.Publish(seen);
}

namespace ErpInstaller.Run;

/// <summary>How a step says what it does; the engine puts the step's id and the time to it.</summary>
public sealed class StepReporter(string step, EventStream events)
{
    /// <summary>The step's id.</summary>
    public string Step => step;

    /// <summary>Says what is being done and how far it is.</summary>
    /// <param name="text">One line.</param>
    /// <param name="ratio">0 to 1, or null when it cannot be known.</param>
    /// <param name="note">Changes while the text stays: the time left, the time since the last output.</param>
    public void Progress(string text, double? ratio = null, string? note = null) =>
        events.Publish(new Progress(step, text, ratio) { Note = note });

    /// <summary>Adds a line to the log.</summary>
    public void Log(string line, LogLevel level = LogLevel.Info) => events.Publish(new Log(step, level, line));

    /// <summary>Says how a host check came out.</summary>
    public void Checked(string check, string verdict, string found, string needed, string hint) =>
        events.Publish(new HostChecked(check, verdict, found, needed, hint));

    /// <summary>Says that a part of the work on an app began or ended.</summary>
    public void Building(string app, string part, bool done, double seconds) =>
        events.Publish(new AppBuilding(step, app, part, done, seconds));

    /// <summary>Says how a container is.</summary>
    public void Container(ContainerSeen seen) => events.Publish(seen);
}

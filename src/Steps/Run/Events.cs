using System.Text.Json.Serialization;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>
/// The events of a run for its front ends. As JSON each is one object on a line, and <c>type</c> tells them apart. The
/// records stand together because together they are the protocol.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(About), "about")]
[JsonDerivedType(typeof(RunStarted), "run-started")]
[JsonDerivedType(typeof(StepStarted), "step-started")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(Log), "log")]
[JsonDerivedType(typeof(StepFinished), "step-finished")]
[JsonDerivedType(typeof(HostChecked), "host-check")]
[JsonDerivedType(typeof(AppBuilding), "app-building")]
[JsonDerivedType(typeof(ContainerSeen), "container")]
[JsonDerivedType(typeof(StepPlanned), "step-plan")]
[JsonDerivedType(typeof(StepKnown), "step-status")]
[JsonDerivedType(typeof(AnswerWarning), "warning")]
[JsonDerivedType(typeof(SecretKnown), "secret")]
[JsonDerivedType(typeof(FileWritten), "file")]
[JsonDerivedType(typeof(InstallRunning), "install-running")]
[JsonDerivedType(typeof(LinesDropped), "lines-dropped")]
[JsonDerivedType(typeof(Refused), "error")]
[JsonDerivedType(typeof(Finished), "result")]
public abstract record EngineEvent
{
    /// <summary>When it happened; set by the stream.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The same event, with <paramref name="clean"/> applied to every text from outside.</summary>
    internal virtual EngineEvent WithTexts(Func<string, string> clean) => this;
}

/// <summary>What a command is about that runs nothing.</summary>
/// <param name="Site">The site's name; empty: there are no answers yet.</param>
/// <param name="Release">The release's name.</param>
/// <param name="Rehearsal">Everything outside is simulated.</param>
public sealed record About(string Site, string Release, bool Rehearsal) : EngineEvent;

/// <summary>A run begins.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Release">The release's name.</param>
/// <param name="Rehearsal">Everything outside is simulated.</param>
/// <param name="Steps">The steps' ids in order.</param>
public sealed record RunStarted(string Site, string Release, bool Rehearsal, IReadOnlyList<string> Steps) : EngineEvent;

/// <summary>A step begins to do its work.</summary>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Why">What the probe found missing.</param>
public sealed record StepStarted(string Step, int Attempt, string Why) : EngineEvent
{
    internal override EngineEvent WithTexts(Func<string, string> clean) => this with { Why = clean(Why) };
}

/// <summary>How far a step is.</summary>
/// <param name="Ratio">0 to 1, or null when it cannot be known.</param>
public sealed record Progress(string Step, string Text, double? Ratio) : EngineEvent
{
    /// <summary>
    /// Follows the text: <c>about 6 min left · last output 12 s ago</c>. It changes while the text stays.
    /// </summary>
    public string? Note { get; init; }

    internal override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Text = clean(Text),
            Note = Note is null ? null : clean(Note),
        };
}

/// <summary>A line of the log.</summary>
public sealed record Log(string Step, LogLevel Level, string Line) : EngineEvent
{
    internal override EngineEvent WithTexts(Func<string, string> clean) => this with { Line = clean(Line) };
}

/// <summary>A step came to an end.</summary>
/// <param name="Status">done, failed or interrupted.</param>
/// <param name="Skipped">It was in place already and nothing was done.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Summary">What is there now, or the error's message.</param>
public sealed record StepFinished(string Step, StepStatus Status, bool Skipped, double Seconds, string Summary)
    : EngineEvent
{
    internal override EngineEvent WithTexts(Func<string, string> clean) => this with { Summary = clean(Summary) };
}

/// <summary>A host check was judged.</summary>
/// <param name="Check">The check's id.</param>
/// <param name="Verdict">pass, warn, fail, unknown or accepted.</param>
/// <param name="Hint">A command to copy, or empty.</param>
public sealed record HostChecked(string Check, string Verdict, string Found, string Needed, string Hint) : EngineEvent
{
    internal override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Found = clean(Found),
            Needed = clean(Needed),
            Hint = clean(Hint),
        };
}

/// <summary>A part of the work on an app's share of the image began or ended.</summary>
/// <param name="App">The app's name.</param>
/// <param name="Part">What is done: <c>fetching</c>, <c>installing</c>, <c>building the front end</c>.</param>
/// <param name="Done">It ended well.</param>
/// <param name="Seconds">How long it took; 0 when an earlier build had done it, or while it lasts.</param>
public sealed record AppBuilding(string Step, string App, string Part, bool Done, double Seconds) : EngineEvent;

/// <summary>A container on Nomad is in another state than it was told before.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Group">The task group; the same for every container of a group that scales.</param>
/// <param name="Task">The task; named as its group, but in the init job.</param>
/// <param name="Allocation">The allocation's id, which tells containers of a group apart.</param>
/// <param name="State">Nomad's word: pending, running, dead.</param>
/// <param name="Healthy">What the deployment found; null until it judged.</param>
/// <param name="Failed">It ended, and not well.</param>
/// <param name="Restarts">How often Nomad started it again.</param>
/// <param name="LastEvent">What happened to it last, in Nomad's words.</param>
public sealed record ContainerSeen(
    string Step,
    string Job,
    string Group,
    string Task,
    string Allocation,
    string State,
    bool? Healthy,
    bool Failed,
    int Restarts,
    string LastEvent
) : EngineEvent
{
    internal override EngineEvent WithTexts(Func<string, string> clean) => this with { LastEvent = clean(LastEvent) };
}

/// <summary>What a run would do in a step.</summary>
/// <param name="InPlace">Nothing: its result is there.</param>
/// <param name="Summary">What is there, what is missing, or why it cannot be known yet.</param>
public sealed record StepPlanned(string Step, bool InPlace, string Summary, IReadOnlyList<PlannedChange> Changes)
    : EngineEvent
{
    internal override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Summary = clean(Summary),
            Changes = [.. Changes.Select(c => c with { Subject = clean(c.Subject), Why = clean(c.Why) })],
        };
}

/// <summary>What the state file knows of a step.</summary>
public sealed record StepKnown(string Step, StepStatus Status, StepState State) : EngineEvent
{
    internal override EngineEvent WithTexts(Func<string, string> clean) => this with { State = State.WithTexts(clean) };
}

/// <summary>Something in the answers that is accepted and should be better.</summary>
public sealed record AnswerWarning(string Message) : EngineEvent
{
    internal override EngineEvent WithTexts(Func<string, string> clean) => this with { Message = clean(Message) };
}

/// <summary>Where a secret is. No event has its value.</summary>
/// <param name="Name">By which it is shown and rotated.</param>
/// <param name="Place">Where it is, in words.</param>
public sealed record SecretKnown(string Name, SecretState State, string Place) : EngineEvent
{
    /// <summary>The Nomad Variable that has it; null: none has.</summary>
    public string? Variable { get; init; }

    /// <summary>The variable's item.</summary>
    public string? Item { get; init; }

    /// <summary>The variable's modify index; null: there is no variable yet.</summary>
    public long? Version { get; init; }

    /// <summary>When it was rotated last; null: it is as it was made.</summary>
    public DateTimeOffset? Rotated { get; init; }
}

/// <summary>A file was written for the operator.</summary>
public sealed record FileWritten(string Path) : EngineEvent
{
    internal override EngineEvent WithTexts(Func<string, string> clean) => this with { Path = clean(Path) };
}

/// <summary>An install is at work now.</summary>
/// <param name="Process">Its process's id.</param>
/// <param name="Since">When it began.</param>
public sealed record InstallRunning(int Process, DateTimeOffset Since) : EngineEvent;

/// <summary>
/// A front end read more slowly than the run published, so lines of the log were left out for it. The log file has
/// them.
/// </summary>
/// <param name="Count">How many.</param>
public sealed record LinesDropped(int Count) : EngineEvent;

/// <summary>The engine did not do what a front end asked.</summary>
/// <param name="Message">What was asked and why not.</param>
public sealed record Refused(string Message) : EngineEvent;

/// <summary>The run came to an end: always the last event.</summary>
/// <param name="Status">done, failed or interrupted.</param>
/// <param name="ExitCode">The process's exit code.</param>
/// <param name="Rehearsal">Nothing was installed: everything outside was simulated.</param>
/// <param name="Step">The step that failed, if one did.</param>
/// <param name="Error">The error's code, if there is one: see <see cref="ErrorCode"/>.</param>
public sealed record Finished(
    StepStatus Status,
    int ExitCode,
    bool Rehearsal,
    string? Step = null,
    string? Error = null,
    string? Message = null,
    string? Hint = null
) : EngineEvent
{
    /// <summary>Lines that help to understand a failure.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Outputs of the last step: the site's address, how to sign in. Empty after a run that failed.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>Seconds the whole run took.</summary>
    public double Seconds { get; init; }

    internal override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Message = Message is null ? null : clean(Message),
            Hint = Hint is null ? null : clean(Hint),
            Details = [.. Details.Select(clean)],
            Outputs = Outputs.ToDictionary(o => o.Key, o => clean(o.Value)),
        };
}

/// <summary>How much a log line matters.</summary>
public enum LogLevel
{
    /// <summary>Output of builds and containers.</summary>
    Output,

    /// <summary>What the installer does.</summary>
    Info,

    /// <summary>Something the operator should know, without which it goes on.</summary>
    Warning,
}

/// <summary>How a secret stands.</summary>
public enum SecretState
{
    /// <summary>It was not made yet.</summary>
    Missing,

    /// <summary>It is at Nomad, and what uses it has it.</summary>
    Kept,

    /// <summary>It was rotated: what uses it takes the new one with the next installation.</summary>
    Waiting,

    /// <summary>It is not at Nomad.</summary>
    Elsewhere,
}

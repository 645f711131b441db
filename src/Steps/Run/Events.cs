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
[JsonDerivedType(typeof(AnswerEdited), "answer")]
[JsonDerivedType(typeof(SecretKnown), "secret")]
[JsonDerivedType(typeof(BackupKnown), "backup")]
[JsonDerivedType(typeof(LiveStatus), "live")]
[JsonDerivedType(typeof(FileWritten), "file")]
[JsonDerivedType(typeof(FileBundled), "bundle-file")]
[JsonDerivedType(typeof(LookTaken), "look")]
[JsonDerivedType(typeof(InstallRunning), "install-running")]
[JsonDerivedType(typeof(LinesDropped), "lines-dropped")]
[JsonDerivedType(typeof(Refused), "error")]
[JsonDerivedType(typeof(Finished), "result")]
public abstract record EngineEvent
{
    /// <summary>When it happened; set by the stream.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The same event, with <paramref name="clean"/> applied to every text from outside.</summary>
    public virtual EngineEvent WithTexts(Func<string, string> clean) => this;
}

/// <summary>The subject of a command that starts no run.</summary>
/// <param name="Site">The site's name; empty: there are no answers yet.</param>
/// <param name="Release">The release's name.</param>
/// <param name="Rehearsal">Everything outside is simulated.</param>
public sealed record About(string Site, string Release, bool Rehearsal) : EngineEvent;

/// <summary>A run begins.</summary>
/// <param name="Site">The site's name.</param>
/// <param name="Release">The release's name.</param>
/// <param name="Rehearsal">Everything outside is simulated.</param>
/// <param name="Steps">The steps' ids in order.</param>
public sealed record RunStarted(string Site, string Release, bool Rehearsal, IReadOnlyList<string> Steps) : EngineEvent
{
    /// <summary>The operation's id, for example <c>install</c> or <c>backup</c>.</summary>
    public string Operation { get; init; } = Run.Operation.InstallId;

    public override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Site = clean(Site),
            Release = clean(Release),
            Steps = [.. Steps.Select(clean)],
            Operation = clean(Operation),
        };
}

/// <summary>A step begins to do its work.</summary>
/// <param name="Step">The step's id.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Why">The part that the probe found missing.</param>
public sealed record StepStarted(string Step, int Attempt, string Why) : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) => this with { Why = clean(Why) };
}

/// <summary>The progress of a step.</summary>
/// <param name="Step">The step's id.</param>
/// <param name="Text">The present work, in a line.</param>
/// <param name="Ratio">0 to 1, or null when it cannot be known.</param>
public sealed record Progress(string Step, string Text, double? Ratio) : EngineEvent
{
    /// <summary>
    /// Follows the text: <c>about 6 min left · last output 12 s ago</c>. It changes while the text stays.
    /// </summary>
    public string? Note { get; init; }

    public override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Text = clean(Text),
            Note = Note is null ? null : clean(Note),
        };
}

/// <summary>A line of the log.</summary>
/// <param name="Step">The id of the step that wrote it, or <c>engine</c>.</param>
/// <param name="Level">Its importance.</param>
/// <param name="Line">The line.</param>
public sealed record Log(string Step, LogLevel Level, string Line) : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) => this with { Line = clean(Line) };
}

/// <summary>A step came to an end.</summary>
/// <param name="Step">The step's id.</param>
/// <param name="Status">done, failed or interrupted.</param>
/// <param name="Skipped">The result was already in place, so nothing was done.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Summary">The result in a line, or the error's message.</param>
public sealed record StepFinished(string Step, StepStatus Status, bool Skipped, double Seconds, string Summary)
    : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) => this with { Summary = clean(Summary) };
}

/// <summary>A host check was judged.</summary>
/// <param name="Check">The check's id.</param>
/// <param name="Verdict">pass, warn, fail, unknown or accepted.</param>
/// <param name="Found">What the check found.</param>
/// <param name="Needed">What an installation needs.</param>
/// <param name="Hint">A command to copy, or empty.</param>
public sealed record HostChecked(string Check, string Verdict, string Found, string Needed, string Hint) : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Found = clean(Found),
            Needed = clean(Needed),
            Hint = clean(Hint),
        };
}

/// <summary>A part of the work on an app, while the image is built, began or ended.</summary>
/// <param name="Step">The step's id.</param>
/// <param name="App">The app's name.</param>
/// <param name="Part">The work: <c>fetching</c>, <c>installing</c>, <c>building the front end</c>.</param>
/// <param name="Done">It ended well.</param>
/// <param name="Seconds">Its duration; 0 while it lasts, or when the build cache had the result.</param>
public sealed record AppBuilding(string Step, string App, string Part, bool Done, double Seconds) : EngineEvent;

/// <summary>The state of a container at Nomad changed.</summary>
/// <param name="Step">The step's id.</param>
/// <param name="Job">The job's name.</param>
/// <param name="Group">The task group; the same for every container of a group that scales.</param>
/// <param name="Task">The task; has its group's name, except in the init job.</param>
/// <param name="Allocation">The allocation's id, which tells containers of a group apart.</param>
/// <param name="State">Nomad's word: pending, running, dead.</param>
/// <param name="Healthy">The verdict of the deployment; null until there is one.</param>
/// <param name="Failed">It ended with an error.</param>
/// <param name="Restarts">The number of restarts by Nomad.</param>
/// <param name="LastEvent">Its last event, in Nomad's words.</param>
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
    public override EngineEvent WithTexts(Func<string, string> clean) => this with { LastEvent = clean(LastEvent) };
}

/// <summary>The plan of a step.</summary>
/// <param name="Step">The step's id.</param>
/// <param name="InPlace">The result is in place, so a run would do nothing.</param>
/// <param name="Summary">The result that is in place or missing, or why it cannot be known yet.</param>
/// <param name="Changes">What a run would do; empty: nothing, or it is not known yet.</param>
public sealed record StepPlanned(string Step, bool InPlace, string Summary, IReadOnlyList<PlannedChange> Changes)
    : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Summary = clean(Summary),
            Changes = [.. Changes.Select(c => c with { Subject = clean(c.Subject), Why = clean(c.Why) })],
        };
}

/// <summary>The record of a step in the state file.</summary>
/// <param name="Step">The step's id.</param>
/// <param name="Status">Its status; <c>stale</c>: the answers changed since.</param>
/// <param name="State">What the state file says.</param>
public sealed record StepKnown(string Step, StepStatus Status, StepState State) : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) => this with { State = State.WithTexts(clean) };
}

/// <summary>A backup in the repository.</summary>
/// <param name="Id">Its id in the repository: eight hex digits.</param>
/// <param name="Time">When it was made.</param>
/// <param name="By">What made it: <c>hand</c>.</param>
/// <param name="Release">The release of the installation.</param>
/// <param name="Bytes">The size of its content: the compressed dump and all files.</param>
/// <param name="Apps">App → version.</param>
public sealed record BackupKnown(
    string Id,
    DateTimeOffset Time,
    string By,
    string Release,
    long Bytes,
    IReadOnlyDictionary<string, string> Apps
) : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            By = clean(By),
            Release = clean(Release),
            Apps = Apps.ToDictionary(a => clean(a.Key), a => clean(a.Value)),
        };
}

/// <summary>A warning about a valid answer.</summary>
/// <param name="Message">The warning, in a line.</param>
public sealed record AnswerWarning(string Message) : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) => this with { Message = clean(Message) };
}

/// <summary>A command changes an answer in the answer file.</summary>
/// <param name="Key">The key, for example <c>scale.backend</c>.</param>
/// <param name="Before">Its value, as the file spells it; null: it has none.</param>
/// <param name="After">Its new value.</param>
/// <param name="File">The path of the answer file.</param>
public sealed record AnswerEdited(string Key, string? Before, string After, string File) : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Before = Before is null ? null : clean(Before),
            After = clean(After),
            File = clean(File),
        };
}

/// <summary>Where a secret is. No event has its value.</summary>
/// <param name="Name">The name on screens and for <c>secrets --rotate</c>.</param>
/// <param name="State">Whether it exists, and where.</param>
/// <param name="Place">Its place, in words.</param>
public sealed record SecretKnown(string Name, SecretState State, string Place) : EngineEvent
{
    /// <summary>The Nomad Variable that holds it; null: none does.</summary>
    public string? Variable { get; init; }

    /// <summary>The variable's item.</summary>
    public string? Item { get; init; }

    /// <summary>The variable's modify index; null: there is no variable yet.</summary>
    public long? Version { get; init; }

    /// <summary>The time of the last rotation; null: it was never rotated.</summary>
    public DateTimeOffset? Rotated { get; init; }
}

/// <summary>A file was written for the operator.</summary>
/// <param name="Path">Its path.</param>
public sealed record FileWritten(string Path) : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) => this with { Path = clean(Path) };
}

/// <summary>A file of a support bundle.</summary>
/// <param name="Name">Its path in the bundle.</param>
/// <param name="About">Its content, in a few words.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Removed">The number of places where something secret was taken out.</param>
/// <param name="LeftOut">The number of bytes at its beginning that were left out.</param>
public sealed record FileBundled(string Name, string About, long Bytes, int Removed, long LeftOut) : EngineEvent
{
    public override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Name = clean(Name),
            About = clean(About),
        };
}

/// <summary>An installation is running now.</summary>
/// <param name="Process">Its process's id.</param>
/// <param name="Since">When it began.</param>
public sealed record InstallRunning(int Process, DateTimeOffset Since) : EngineEvent;

/// <summary>
/// A front end read more slowly than the run published, so lines of the log were left out for it. The log file has
/// them.
/// </summary>
/// <param name="Count">How many.</param>
public sealed record LinesDropped(int Count) : EngineEvent;

/// <summary>The request of a front end was refused.</summary>
/// <param name="Message">The request, and why it was refused.</param>
public sealed record Refused(string Message) : EngineEvent;

/// <summary>The run ended. This is always the last event.</summary>
/// <param name="Status">done, failed or interrupted.</param>
/// <param name="ExitCode">The process's exit code.</param>
/// <param name="Rehearsal">Nothing was installed: everything outside was simulated.</param>
/// <param name="Step">The step that failed, if one did.</param>
/// <param name="Error">The error's code, if there is one: see <see cref="ErrorCode"/>.</param>
/// <param name="Message">The error, or what the command has to say, in a line.</param>
/// <param name="Hint">What to do about the error, or what comes next.</param>
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

    public override EngineEvent WithTexts(Func<string, string> clean) =>
        this with
        {
            Message = Message is null ? null : clean(Message),
            Hint = Hint is null ? null : clean(Hint),
            Details = [.. Details.Select(clean)],
            Outputs = Outputs.ToDictionary(o => o.Key, o => clean(o.Value)),
        };
}

/// <summary>The importance of a log line.</summary>
public enum LogLevel
{
    /// <summary>Output of builds and containers.</summary>
    Output,

    /// <summary>What the installer does.</summary>
    Info,

    /// <summary>A problem that does not stop the run.</summary>
    Warning,
}

/// <summary>The state of a secret.</summary>
public enum SecretState
{
    /// <summary>It does not exist yet.</summary>
    Missing,

    /// <summary>It is at Nomad, and every container that uses it has it.</summary>
    Kept,

    /// <summary>It was rotated. The next installation gives the new value to the containers that use it.</summary>
    Waiting,

    /// <summary>It is not at Nomad.</summary>
    Elsewhere,
}

using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Releases;

namespace ErpInstaller.Run;

/// <summary>
/// Everything that a step may use: the answers, the outputs of earlier steps, the outside world, and a way to report.
/// </summary>
public sealed class StepContext
{
    /// <summary>The answers, and the release that they name.</summary>
    public required StepSettings Settings { get; init; }

    /// <summary>Docker, Nomad, git, the host, the site: real or rehearsed.</summary>
    public required OutsideWorld World { get; init; }

    /// <summary>Where this installation keeps its files.</summary>
    public required StateDirectory Directory { get; init; }

    /// <summary>Files that belong to the installer.</summary>
    public required AssetSource Assets { get; init; }

    /// <summary>Secret values: resolved here, registered for redaction.</summary>
    public required SecretStore Secrets { get; init; }

    /// <summary>Receives the progress of the step.</summary>
    public required StepReporter Report { get; init; }

    /// <summary>True: the refs in the apps lock are resolved again.</summary>
    public bool UpdateLock { get; init; }

    /// <summary>What the run does once, beside what the answers say.</summary>
    public AskedFor AskedFor { get; init; } = AskedFor.Nothing;

    /// <summary>Names the run of an operation that begins anew each time; empty in an install.</summary>
    internal string Run { get; init; } = "";

    /// <summary>The command that does the same again.</summary>
    internal string Command { get; init; } = Operation.Install.Command;

    /// <summary>Protects the site's data while its database changes.</summary>
    internal IDataGuard Guard { get; init; } = new NoDataGuard();

    /// <summary>Outputs of the steps so far, by their type; shared by the contexts of a run.</summary>
    internal Dictionary<Type, StepOutputs> Outputs { get; init; } = [];

    /// <inheritdoc cref="StepSettings.Answers"/>
    public AnswerFile Answers => Settings.Answers;

    /// <inheritdoc cref="StepSettings.Release"/>
    public Release Release => Settings.Release;

    /// <summary>Outputs of an earlier step: those of its probe, or, in a plan, those that it expects.</summary>
    /// <exception cref="InvalidOperationException">That step has no outputs yet.</exception>
    public T Earlier<T>()
        where T : StepOutputs =>
        FindEarlier<T>()
        ?? throw new InvalidOperationException($"{typeof(T).Name} was requested before its step returned it.");

    /// <summary>As <see cref="Earlier{T}"/>, or null.</summary>
    public T? FindEarlier<T>()
        where T : StepOutputs => Outputs.GetValueOrDefault(typeof(T)) as T;

    internal void Keep(StepOutputs outputs) => Outputs[outputs.GetType()] = outputs;
}

/// <summary>The settings of a run without the outside world: enough to compute a step's inputs.</summary>
/// <param name="Answers">The operator's answers.</param>
/// <param name="Release">The release that the answers name.</param>
public sealed record StepSettings(AnswerFile Answers, Release Release);

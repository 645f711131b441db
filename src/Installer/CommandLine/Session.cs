using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Composition;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Text;
using ErpInstaller.Json;
using ErpInstaller.Lines;
using ErpInstaller.Rehearsal;
using ErpInstaller.Releases;
using ErpInstaller.Run;
using ErpInstaller.Terminal;

namespace ErpInstaller.CommandLine;

/// <summary>
/// One run of a command: its options, its front end, and the way from an answer file to an installation. At its end
/// its connections are closed.
/// </summary>
internal sealed class Session : IDisposable
{
    private readonly Installations _installations;

    private Session(CommonOptions options, Func<Session, Action<EngineEvent>>? frontEnd)
    {
        Options = options;
        Directory = options.StateDirectory is { } path
            ? StateDirectory.At(path)
            : StateDirectory.Default(options.Rehearse);
        Assets = new AssetSource(options.Assets);
        Commands = new OwnCommands(ProgramName.Typed, Directory.SameState(options.Rehearse), options.Answers);
        _installations = new Installations(Directory, Assets, Commands, options.Rehearse);
        Events = _installations.NewEvents();
        UseCharacters(options.Ascii);
        Show = frontEnd?.Invoke(this)
            ?? (
                options.Output == OutputFormat.Json
                    ? new JsonFrontEnd(Console.Out).Show
                    : new PlainFrontEnd(PlainLines.Output, PlainLines.Errors).Show
            );
        Events.Subscribe(Show);
    }

    public CommonOptions Options { get; }

    public StateDirectory Directory { get; }

    public AssetSource Assets { get; }

    /// <summary>This program's commands as they can be typed here.</summary>
    public OwnCommands Commands { get; }

    public EventStream Events { get; }

    /// <summary>The front end alone: for events of another process, which are cleaned and have their time.</summary>
    public Action<EngineEvent> Show { get; }

    /// <summary>Somebody at a terminal can answer a question.</summary>
    public bool CanAsk => Options.Output == OutputFormat.Text && !Console.IsInputRedirected;

    /// <summary>There is an answer file: the one given, or the accepted one.</summary>
    public bool HasAnswers => Options.Answers is not null || Directory.HasAnswers;

    /// <summary>
    /// Runs a command's work; whatever goes wrong becomes a result for the front end and an exit code.
    /// </summary>
    public static Task<int> RunAsync(CommonOptions options, Func<Session, Task<ExitCode>> work) =>
        RunAsync(options, frontEnd: null, work);

    /// <summary>As above, with a front end that is neither text nor JSON.</summary>
    public static async Task<int> RunAsync(
        CommonOptions options,
        Func<Session, Action<EngineEvent>>? frontEnd,
        Func<Session, Task<ExitCode>> work
    )
    {
        using var session = new Session(options, frontEnd);
        try
        {
            return (int)await work(session);
        }
        catch (InstallerException e)
        {
            return (int)session.Fail(e);
        }
        catch (OperationCanceledException)
        {
            return (int)session.Leave(StepStatus.Interrupted, "Interrupted.");
        }
        catch (InputEnded)
        {
            // At a question that nobody answered; nothing begins before its answer.
            return (int)session.Leave(StepStatus.Interrupted, "Left at the question. Nothing was changed.");
        }
#pragma warning disable CA1031 // The last place where a fault of the installer can be told in words.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (int)session.Fail(InstallerException.Internal(e, "the lines above"), e.ToString().Split('\n'));
        }
    }

    /// <summary>A result with this exit code.</summary>
    public Finished Result(ExitCode code) => new(StepStatus.Done, (int)code, Options.Rehearse);

    /// <summary>
    /// The title of a command that runs nothing: what it is about, and that it is a rehearsal if it is one.
    /// </summary>
    public Installation Introduce(Installation installation)
    {
        Introduce(installation.Settings, installation.World.IsRehearsal);
        return installation;
    }

    /// <summary>The same where there is no installation to look at.</summary>
    public void Introduce(StepSettings settings, bool isRehearsal)
    {
        // In JSON the result says it.
        if (Options.Output == OutputFormat.Text)
        {
            Events.Publish(new About(settings.Answers.Site.Name, settings.Release.Version, isRehearsal));
        }
    }

    /// <summary>Reads and checks the answer file.</summary>
    /// <param name="tellWarnings">False where they are no news: who looks how it stands has read them.</param>
    /// <exception cref="InstallerException">There is none, or it is wrong.</exception>
    public SessionAnswers ReadAnswers(bool tellWarnings = true)
    {
        var path = Options.Answers ?? (HasAnswers ? Directory.Answers : throw NoAnswers());
        return AnswersOf(path, AnswersReader.Read(path, Vocabulary), tellWarnings);
    }

    /// <summary>The same for the text of a file that is not written yet.</summary>
    /// <param name="path">The path of the file, for messages.</param>
    public SessionAnswers ReadAnswers(string path, string text, bool tellWarnings = true) =>
        AnswersOf(path, AnswersReader.ReadText(text, path, Vocabulary), tellWarnings);

    /// <summary>A command about the same answer file, for a hint.</summary>
    public string CommandOf(string words) =>
        Options.Answers is { } file
            ? $"erp-installer {words} --answers {ShellWord.Of(file)}"
            : $"erp-installer {words}";

    private AnswersVocabulary Vocabulary => AnswersVocabulary.Of(new ReleaseCatalog(Assets));

    private SessionAnswers AnswersOf(string path, ReadAnswers read, bool tellWarnings)
    {
        foreach (var warning in tellWarnings ? read.Warnings : [])
        {
            Events.Publish(new AnswerWarning(warning.ToString()));
        }

        return new SessionAnswers(path, read.Text, new StepSettings(read.Answers, read.Release));
    }

    // A pipe or a file gets UTF-8 in every locale: programs read it.
    private static void UseCharacters(bool ascii)
    {
        var shown = TerminalCapabilities.FromEnvironment(ascii).Characters;
        if (ascii || (shown == CharacterSet.Ascii && !Console.IsOutputRedirected))
        {
            PlainLines.Output.UseAscii();
        }

        if (ascii || (shown == CharacterSet.Ascii && !Console.IsErrorRedirected))
        {
            PlainLines.Errors.UseAscii();
        }
    }

    private InstallerException NoAnswers() =>
        new(
            ErrorCode.AnswersMissing,
            $"No answer file: none was given, and {Directory.Path} has none from an earlier run",
            StateDirectory.OfRoot is { } path && Options.StateDirectory is null
                ? $"Root has an installation in {path}: run this command with sudo. Or use --answers FILE."
                : "Use --answers FILE; installer.toml is a sample with every key."
        );

    /// <summary>Everything the engine needs, from the answers.</summary>
    /// <param name="updateLock">Refs that are locked are to be resolved again.</param>
    /// <param name="pace">How fast a rehearsal goes; null: quickly.</param>
    /// <param name="operation">What a run does; null: an install.</param>
    public Installation Open(bool updateLock = false, RehearsalPace? pace = null, Operation? operation = null) =>
        Open(ReadAnswers(), updateLock, pace, operation);

    /// <summary>The same without the warnings about the answers: they are no part of what a command looks up.</summary>
    /// <param name="pace">How fast a rehearsal goes; null: quickly.</param>
    public Installation OpenQuietly(RehearsalPace? pace = null) => Open(ReadAnswers(tellWarnings: false), pace: pace);

    /// <summary>The same from answers that were read or given.</summary>
    /// <param name="askedFor">What a run with it does once; null: nothing.</param>
    public Installation Open(
        SessionAnswers answers,
        bool updateLock = false,
        RehearsalPace? pace = null,
        Operation? operation = null,
        AskedFor? askedFor = null
    ) => _installations.Open(answers.Settings, Events, answers.Text, updateLock, pace, operation, askedFor);

    /// <summary>
    /// The same from answers that are not in a file yet. It connects anew: the operator may have repaired the
    /// connection since the last look.
    /// </summary>
    public Installation Open(AnswerFile answers)
    {
        _installations.Reconnect();
        var release = new ReleaseCatalog(Assets).Load(answers);
        return _installations.Open(new StepSettings(answers, release), Events);
    }

    /// <inheritdoc/>
    public void Dispose() => _installations.Dispose();

    /// <summary>Publishes the result of a command that came to its end.</summary>
    /// <param name="message">What is left to say; null: all was said.</param>
    public ExitCode End(ExitCode code, string? message)
    {
        Events.Publish(Result(code) with { Message = message });
        return code;
    }

    /// <summary>Publishes the result of a command that was left before its end.</summary>
    /// <param name="status">Interrupted, or running: the run continues in another process.</param>
    public ExitCode Leave(StepStatus status, string message, string? hint = null)
    {
        Events.Publish(Result(ExitCode.Interrupted) with { Status = status, Message = message, Hint = hint });
        return ExitCode.Interrupted;
    }

    /// <summary>Publishes an error as the result.</summary>
    /// <param name="details">Instead of the error's own.</param>
    public ExitCode Fail(InstallerException error, IReadOnlyList<string>? details = null)
    {
        Events.Publish(
            Result(error.ExitCode) with
            {
                Status = StepStatus.Failed,
                Error = error.Code.Word,
                Message = error.Message,
                Hint = error.Hint,
                Details = details ?? error.Details,
            }
        );
        return error.ExitCode;
    }
}

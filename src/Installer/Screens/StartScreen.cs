using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Composition;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.HostChecks;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>The first screen: whether Docker and Nomad answer, and the ways to begin or resume.</summary>
internal sealed class StartScreen : Screen
{
    // The column of the text after sign and name.
    private const int Value = 9;

    private readonly ScreenContext _work;
    private readonly ScreenFlow _flow;
    private readonly ChoiceList _choices = new();
    private IReadOnlyList<HostCheckRow>? _look;
    private IReadOnlyList<string> _problems = [];

    public StartScreen(ScreenContext work, ScreenFlow flow)
    {
        (_work, _flow) = (work, flow);
        _choices.Choices = [.. Choices(isAtWork: false)];
    }

    /// <inheritdoc/>
    public override string Title => "Welcome";

    /// <inheritdoc/>
    public override string Help =>
        """
            This installer deploys ERPNext with its apps on HashiCorp Nomad: it checks the host, builds a Docker image,
            and starts the containers behind HTTPS.

            It changes nothing until it has shown you the whole plan and you have agreed. If an installation is
            interrupted, the next start resumes it.

            A rehearsal runs all steps in a simulated world: it needs no Docker and no Nomad, and installs nothing.

            If lines or marks look wrong on this terminal, start with --ascii.
            """;

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => null;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            .. _choices.Bindings("choose"),
            new(KeyPress.Letter('r'), "check again", Look),
            new(KeyPress.Esc, "back", _work.Navigator.Back) { When = _work.Navigator.CanGoBack },
        ];

    /// <inheritdoc/>
    public override void Entered()
    {
        if (_look is null)
        {
            Look();
        }
        else
        {
            // The answers may have changed meanwhile.
            UpdateChoices();
        }
    }

    /// <inheritdoc/>
    public override Line Message =>
        _look?.Where(r => r.Blocks).Select(r => r.Id).ToList() is { Count: > 0 } missing
            ? new Line(
                $"Not ready: {string.Join(", ", missing)}. Fix it and press r, or choose Rehearse.",
                Tone.Warning
            )
            : Line.Empty;

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        List<Line> lines = [.. Looked(area.Width), Line.Empty, .. _choices.Draw(area.Width, _work.Glyphs)];
        if (Prompt is { } prompt)
        {
            lines.AddRange([Line.Empty, prompt.Draw(lines.Count + 1)]);
            lines.AddRange(
                prompt.Names.Count > 0 ? Wrapped(string.Join(' ', prompt.Names), Tone.Quiet, area.Width) : []
            );
        }

        lines.Add(Line.Empty);
        lines.AddRange(_problems.SelectMany(p => Wrapped(p, Tone.Bad, area.Width)));
        return lines;
    }

    private static IEnumerable<Line> Wrapped(string text, Tone tone, int width) =>
        Columns.Wrap(text, width).Select(l => new Line(l, tone));

    private IEnumerable<Choice> Choices(bool isAtWork)
    {
        var state = _work.Run.State;
        var next = InstallSteps.FindNext(s => state.Of(s).Status);
        if (isAtWork)
        {
            yield return new Choice(
                $"Watch the running {_work.Run.Words.Noun}",
                "It runs in a separate process.",
                _flow.Watch
            );
        }
        else if (state.Steps.Count > 0 && next is not null && _work.Interview.HasAccepted)
        {
            yield return new Choice($"Resume at {next}", Happened(state.Of(next)), GoOn);
        }
        else if (_work.IsInstalled)
        {
            yield return new Choice(
                "Check the installation",
                _work.Interview.DiffersFromAccepted
                    ? "Drops the answers that were changed."
                    : $"{Happened(state.Of(StepId.Verification))} Changes nothing before the review.",
                GoOn
            );
            yield return new Choice("Back up now", LastBackup(), _flow.BackUp);
            yield return new Choice("Restore a backup", "Lists the backups. Changes nothing yet.", _flow.ChooseBackup);
            if (_work.Run.CanGoBack)
            {
                yield return new Choice(
                    "Go back to before the last update",
                    "Counts what would be lost. Changes nothing yet.",
                    _flow.ConfirmRollback
                );
            }
        }

        yield return _work.Interview.HasDraft || _work.Interview.HasAccepted
            ? new Choice("Change the answers", "Begins with your answers so far.", _flow.Ask)
            : new Choice("New installation", "Every question has a default; Enter accepts it.", _flow.Ask);
        yield return new Choice("Load an answer file", "A TOML file from an earlier installation.", AskPath);
        if (!_work.Rehearse)
        {
            yield return new Choice(
                "Rehearse",
                "Simulates all steps: installs nothing, needs no Docker and no Nomad.",
                _flow.Rehearse
            );
        }
    }

    private string LastBackup() =>
        _work.Run.LastBackup switch
        {
            { Status: StepStatus.Done, Finished: { } at } => $"The last one by hand: {Duration.Ago(at, _work.Time)}.",
            { Status: StepStatus.Pending } => "Writes the site into the repository, and reads it back.",
            var step => Happened(step),
        };

    private string Happened(StepState step) =>
        step.Status switch
        {
            StepStatus.Pending => "The steps before it are done.",
            StepStatus.Stale => "Answers that it depends on have changed.",
            var status => $"{Words(status)}{When(step)}{(step.Message is { } m ? $": {m}" : ".")}",
        };

    private string Words(StepStatus status) =>
        status switch
        {
            StepStatus.Done => _work.Rehearse ? "Rehearsed" : "Installed",
            StepStatus.Failed => "Failed",
            _ => "Interrupted",
        };

    private string When(StepState step) =>
        (step.Finished ?? step.Started) is { } at ? $" {Duration.Ago(at, _work.Time)}" : "";

    private IEnumerable<Line> Looked(int width)
    {
        if (_look is null)
        {
            yield return new Line("Checking Docker and Nomad", Tone.Quiet);
        }

        foreach (var row in _look ?? [])
        {
            var good = !row.Blocks;
            var found = Columns.Wrap(row.Found, width - Value).ToList();
            yield return new Line(good ? _work.Glyphs.Done : _work.Glyphs.Failed, good ? Tone.Good : Tone.Bad)
                .Add($" {row.Id}")
                .To(Value)
                .Add(found[0]);
            foreach (var line in found.Skip(1))
            {
                yield return new Line().To(Value).Add(line);
            }

            foreach (var hint in good || row.Hint.Length == 0 ? [] : Columns.Wrap(row.Hint, width - Value))
            {
                yield return new Line().To(Value).Add(hint, Tone.Accent);
            }
        }
    }

    private void Look()
    {
        _look = null;
        var context = _work.Open(isAnew: true).ContextOf(new HostChecksStep());
        _work.Begin(stop => StartChecks.TakeAsync(context, stop), rows => _look = rows, _ => _look = []);
        UpdateChoices();
    }

    private void UpdateChoices() => _work.Run.AskIsAtWork(isAtWork => _choices.Choices = [.. Choices(isAtWork)]);

    private void AskPath() =>
        Ask(
            new Prompt("start.load", "Answer file  ", width: 44, Path.GetFullPath("installer.toml"))
            {
                IsPath = true,
                Accept = ("load", Load),
                Cancel = ("cancel", () => _problems = []),
            }
        );

    private bool Load(string path) =>
        Try(() =>
        {
            _work.Interview.Load(path);
            _problems = [];
            _flow.Review();
        });

    // The accepted answers may have been edited since.
    private void GoOn() => Try(_flow.GoOn);

    private bool Try(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (InstallerException e)
        {
            _problems = e is AnswersInvalid invalid
                ? [.. invalid.Problems.Select(p => p.ToString())]
                : [e.Message, _work.Commands.In(e.Hint)];
            return false;
        }
    }
}

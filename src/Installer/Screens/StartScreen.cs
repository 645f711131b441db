using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Engine;
using ErpInstaller.HostChecks;
using ErpInstaller.Screens.Drawing;
using Terminal.Gui.Input;

namespace ErpInstaller.Screens;

/// <summary>What can be done from here: go on, begin, load an answer file, rehearse; and whether Docker and Nomad are there.</summary>
internal sealed class StartScreen : Screen
{
    private readonly Workspace _work;
    private readonly Journey _journey;
    private readonly ChoiceList _choices = new();
    private IReadOnlyList<HostCheckRow>? _look;
    private IReadOnlyList<string> _problems = [];
    private string? _path;
    private int _typingRow;

    public StartScreen(Workspace work, Journey journey)
    {
        (_work, _journey) = (work, journey);
        _choices.Choices = [.. Choices(isAtWork: false)];
    }

    /// <inheritdoc/>
    public override string Title => "Welcome";

    /// <inheritdoc/>
    public override string Help =>
        """
        This installer brings ERPNext with its apps onto HashiCorp Nomad: it looks at the host, builds a Docker image, and starts twelve containers behind HTTPS.
        Nothing is changed before you have seen everything that will be done and said yes. What is interrupted goes on at the next start.
        A rehearsal shows all of it with everything outside simulated: no Docker, no Nomad, nothing installed.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => _path is null ? [new("Enter", "choose"), new("arrows", "move")] : [new("Enter", "load"), new("Esc", "do not")];

    /// <inheritdoc/>
    public override Typing? Typing => _path is null ? null : new Typing("start.load", 13, _typingRow, 40, _path, IsSecret: false, text => _path = text);

    /// <inheritdoc/>
    public override void Entered()
    {
        if (_look is null)
        {
            var context = _work.Open("", _ => { }).ContextOf(new HostChecksStep());
            _work.Begin(stop => FirstLook.TakeAsync(context, stop), rows => _look = rows, _ => _look = []);
            _work.Begin(_work.Install.IsAtWorkAsync, atWork => _choices.Choices = [.. Choices(atWork)], _ => { });
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        List<Line> lines = [.. Looked(area.Width), Line.Empty, .. _choices.Draw(area.Width, _work.Glyphs)];
        if (_path is not null)
        {
            _typingRow = lines.Count + 1;
            lines.AddRange([Line.Empty, new Line("Answer file  ", Tone.Accent)]);
        }

        lines.Add(Line.Empty);
        lines.AddRange(_problems.SelectMany(p => Columns.Wrap(p, area.Width)).Select(p => new Line(p, Tone.Bad)));
        return lines;
    }

    /// <inheritdoc/>
    public override bool OnKey(Key key)
    {
        if (_path is null)
        {
            return _choices.OnKey(key);
        }

        if (key == Key.Enter)
        {
            Load(_path);
        }
        else if (key == Key.Esc)
        {
            (_path, _problems) = (null, []);
        }

        return true;
    }

    private IEnumerable<Choice> Choices(bool isAtWork)
    {
        var state = _work.State;
        var next = InstallSteps.InOrder().FirstOrDefault(s => state.Of(s.Id).Status != StepStatus.Done)?.Id;
        if (isAtWork)
        {
            yield return new Choice("Watch the installation at work", "It runs in a process of its own.", _journey.Watch);
        }
        else if (state.Steps.Count > 0 && next is not null && _work.HasAnswers)
        {
            yield return new Choice($"Go on at {next}", Happened(state.Of(next)), _journey.GoOn);
        }

        yield return new Choice("New installation", _work.HasDraft ? "With the answers given so far." : "Every question has an answer already; Enter takes it.", _journey.Ask);
        yield return new Choice("Load an answer file", "A TOML file that an earlier installation left.", () => _path = Path.GetFullPath("installer.toml"));
        if (!_work.Rehearse)
        {
            yield return new Choice("Rehearse", "All of it simulated: nothing is installed, neither Docker nor Nomad is needed.", _journey.Rehearse);
        }
    }

    private string Happened(StepState step) => step.Status switch
    {
        StepStatus.Pending => "The steps before it are done.",
        var status => $"It {(status == StepStatus.Failed ? "failed" : $"is {status.ToString().ToLowerInvariant()}")}{When(step)}{(step.Message is { } m ? $": {m}" : ".")}",
    };

    private string When(StepState step) =>
        (step.Finished ?? step.Started) is { } at ? $" {Clock.Text((_work.Time.GetUtcNow() - at).TotalSeconds)} ago" : "";

    private IEnumerable<Line> Looked(int width)
    {
        if (_look is null)
        {
            yield return new Line("Looking for Docker and Nomad", Tone.Quiet);
        }

        foreach (var row in _look ?? [])
        {
            var good = !row.Blocks;
            yield return new Line(good ? _work.Glyphs.Done : _work.Glyphs.Failed, good ? Tone.Good : Tone.Bad).Add($" {row.Id}").To(10).Add(row.Found).Clip(width, _work.Glyphs.More);
            foreach (var hint in good || row.Hint.Length == 0 ? [] : Columns.Wrap(row.Hint, width - 10))
            {
                yield return new Line().To(10).Add(hint, Tone.Accent);
            }
        }
    }

    private void Load(string path)
    {
        try
        {
            _work.Load(path);
            (_path, _problems) = (null, []);
            _journey.Review();
        }
        catch (InstallerException e)
        {
            _problems = e is AnswersInvalid invalid ? [.. invalid.Problems.Select(p => p.ToString())] : [e.Message, e.Hint];
        }
    }
}

using System.Drawing;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>Where the site is, how to sign in, what to run next; the answers are saved for the next host.</summary>
internal sealed class FinishedScreen(Workspace work, Finished result) : Screen
{
    private const int Value = 13;
    private const int Gap = 3;

    private string? _path;
    private int _typingRow;
    private Line _message = Line.Empty;

    /// <inheritdoc/>
    public override string Title =>
        result.Rehearsal ? "The rehearsal is done. Nothing was installed." : "ERPNext is installed.";

    /// <inheritdoc/>
    public override string Step => StepId.Verification;

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override string Help =>
        """
            The administrator's password is in a Nomad Variable; the command that reads it stands here, the password itself nowhere.
            s saves the answers as a TOML file with comments: install --answers FILE does on another host what was done here.
            """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys =>
        _path is null
            ? [new("s", "save the answers")]
            : [new("Enter", "save"), new("Tab", "complete"), new("Esc", "do not")];

    /// <inheritdoc/>
    public override Typing? Typing =>
        _path is null
            ? null
            : new Typing("finished.save", 9, _typingRow, 46, _path, IsSecret: false, text => _path = text);

    /// <inheritdoc/>
    public override Line Message => _message;

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        List<Line> lines =
        [
            .. result
                .Outputs.Append(KeyValuePair.Create("took", Took()))
                .SelectMany(o => Output(o.Key, o.Value, area.Width)),
            Line.Empty,
            new Line("Next", Tone.Strong),
        ];
        lines.AddRange(Commands(area.Width));
        if (_path is null)
        {
            return lines;
        }

        // Where there is little room the commands make place for the name.
        _typingRow = Math.Min(lines.Count + 1, area.Height - 1);
        return [.. lines.Take(_typingRow - 1), Line.Empty, new Line("Save as  ", Tone.Accent)];
    }

    /// <inheritdoc/>
    public override bool OnKey(KeyPress key)
    {
        if (_path is null)
        {
            _path = key == KeyPress.Letter('s') ? Proposal() : null;
            return key == KeyPress.Letter('s');
        }

        if (key == KeyPress.Enter)
        {
            Save(_path);
        }
        else if (key == KeyPress.Tab)
        {
            _path = PathCompletion.Complete(_path);
        }

        _path = key == KeyPress.Enter || key == KeyPress.Esc ? null : _path;
        return true;
    }

    // A command has a line of its own: it is there to be copied.
    private static IEnumerable<Line> Output(string name, string value, int width)
    {
        if (name is "password" or "elsewhere" && Value + value.Length > width)
        {
            return [new Line(name, Tone.Quiet), .. Columns.Wrap(value, width).Select(l => new Line(l, Tone.Accent))];
        }

        var tone = name == "url" ? Tone.Accent : Tone.Normal;
        return Columns
            .Wrap(value, width - Value)
            .Select((line, i) => new Line(i == 0 ? name : "", Tone.Quiet).Pad(Value).Add(line, tone));
    }

    // They are there to be copied: where one leaves no room, what it does stands below it.
    private IEnumerable<Line> Commands(int width)
    {
        var commands = Next().ToList();
        var column = commands.Max(c => c.Command.Length) + Gap;
        var beside = commands.TrueForAll(c => column + c.Does.Length <= width);
        return commands.SelectMany(c =>
            beside
                ? [new Line(c.Command, Tone.Accent).To(column).Add(c.Does, Tone.Quiet)]
                : Columns
                    .Wrap(c.Command, width)
                    .Select(l => new Line(l, Tone.Accent))
                    .Append(new Line($"  {c.Does}", Tone.Quiet))
        );
    }

    private IEnumerable<(string Command, string Does)> Next() =>
        work.Rehearse
            ?
            [
                (
                    $"{work.Commands.Program} --answers {ShellWord.Of(work.Directory.Answers)}",
                    "the installation itself"
                ),
                (work.Commands.Start, "the rehearsal again"),
            ]
            :
            [
                (work.Commands.In("erp-installer status"), "how each step stands"),
                (work.Commands.In("erp-installer plan"), "is it still so?"),
                ($"nomad job status {work.Answers.Nomad.Job}", "its containers"),
            ];

    // The site is asked by looking whether it is in place: its time is told although nothing was done.
    private string Took() =>
        $"{Clock.Text(result.Seconds)}: "
        + string.Join(
            ", ",
            work.Run.Steps.Where(s => s.Seconds is not null && (!s.Skipped || s.Id == StepId.Verification))
                .Select(s => $"{s.Id} {Clock.Text(s.Seconds!.Value)}")
        );

    private string Proposal() =>
        Path.GetFullPath(File.Exists("installer.toml") ? $"installer-{work.Answers.Site.Name}.toml" : "installer.toml");

    private void Save(string path) =>
        work.Begin(
            _ => Task.FromResult(work.Save(path)),
            saved =>
                _message = new Line($"{work.Glyphs.Done} {saved}", Tone.Good).Add(
                    $"  another host: {work.Commands.Program} install --answers FILE",
                    Tone.Quiet
                ),
            e => _message = new Line($"{e.Message}. {work.Commands.In(e.Hint)}", Tone.Bad)
        );
}

using System.Drawing;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Lines;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>The finished run: the site's address, the command that shows the password, and the next commands.</summary>
/// <param name="back">Opens the start screen.</param>
internal sealed class FinishedScreen(ScreenContext work, Finished result, Action back) : Screen
{
    private const int Value = 13;
    private const int Gap = 3;

    private Line _message = Line.Empty;

    /// <inheritdoc/>
    public override string Title => work.Run.Words.Result;

    /// <inheritdoc/>
    public override string Step => work.Run.View.Steps is [.., var last] ? last.Id : "";

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override string Help =>
        work.Run.View.Operation switch
        {
            Operation.BackupId => """
                The backup was written and read back. Without the repository's password it cannot be restored on
                another host: keep a copy of the password elsewhere.
                """,
            Operation.RestoreId or Operation.RollbackId => """
                The site was replaced and verified. The safeguard backup that was made before has everything that was
                replaced: it can be restored in the same way.
                """,
            _ => """
                The administrator's password is in a Nomad Variable. This screen shows the command that reads it,
                never the password itself.

                s saves the answers as a TOML file with comments: install --answers FILE repeats this installation on
                another host.
                """,
        };

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => !work.Run.IsInstall;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        work.Run.IsInstall
            ? [new(KeyPress.Letter('s'), "save the answers", AskPath)]
            : [new(KeyPress.Enter, "start screen", back)];

    /// <inheritdoc/>
    public override Line Message => _message;

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        List<Line> lines =
        [
            .. ResultLines
                .OutputsOf(result)
                .Append(KeyValuePair.Create("took", Took()))
                .SelectMany(o => Output(o.Key, o.Value, area.Width)),
            Line.Empty,
            new Line("Next", Tone.Strong),
        ];
        lines.AddRange(Commands(area.Width));
        if (Prompt is not { } prompt)
        {
            return lines;
        }

        // On a small terminal the path covers the last commands.
        var row = Math.Min(lines.Count + 1, area.Height - 1);
        return [.. lines.Take(row - 1), Line.Empty, prompt.Draw(row)];
    }

    // A command that does not fit beside its name gets its own line, so that it can be copied.
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

    // If the descriptions do not fit beside the commands, they go below: a command must stay whole to be copied.
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
        work.Run.View.Operation switch
        {
            Operation.BackupId =>
            [
                (work.Commands.In("erp-installer backups"), "all backups"),
                (work.Commands.In("erp-installer secrets repository_password"), "write it down, away from this host"),
            ],
            Operation.RestoreId or Operation.RollbackId =>
            [
                (work.Commands.In("erp-installer backups"), "all backups; by safeguard: what was replaced"),
                (work.Commands.In("erp-installer plan"), "what differs from the answers"),
            ],
            _ when work.Rehearse =>
            [
                ($"{work.Commands.Program} --answers {ShellWord.Of(work.Directory.Answers)}", "the real installation"),
                (work.Commands.Start, "the rehearsal again"),
            ],
            _ =>
            [
                (work.Commands.In("erp-installer status"), "the state of each step"),
                (work.Commands.In("erp-installer plan"), "what has changed since"),
                (work.Commands.In("erp-installer status --live"), "how it is now"),
            ],
        };

    // Verification always asks the site, so its time counts even if the step was skipped.
    private string Took() =>
        $"{Duration.Clock(result.Seconds)}: "
        + string.Join(
            ", ",
            work.Run.View.Steps.Where(s => s.Seconds is not null && (!s.Skipped || s.Id == StepId.Verification))
                .Select(s => $"{s.Id} {Duration.Clock(s.Seconds!.Value)}")
        );

    private void AskPath() =>
        Ask(new Prompt("finished.save", "Save as  ", width: 46, Proposal()) { IsPath = true, Accept = ("save", Save) });

    private string Proposal() =>
        Path.GetFullPath(
            File.Exists("installer.toml") ? $"installer-{work.Interview.Answers.Site.Name}.toml" : "installer.toml"
        );

    private bool Save(string path)
    {
        work.Begin(
            _ =>
            {
                work.Interview.Save(path);
                return Task.FromResult(path);
            },
            saved =>
                _message = new Line($"{work.Glyphs.Done} {saved}", Tone.Good).Add(
                    $"  another host: {work.Commands.Program} install --answers FILE",
                    Tone.Quiet
                ),
            e => _message = new Line($"{e.Message}. {work.Commands.In(e.Hint)}", Tone.Bad)
        );
        return true;
    }
}

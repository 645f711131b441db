using System.Drawing;
using ErpInstaller.Engine;
using ErpInstaller.Screens.Drawing;
using Terminal.Gui.Input;

namespace ErpInstaller.Screens;

/// <summary>Where the site is, how to sign in, what to run next; the answers are saved for the next host.</summary>
internal sealed class FinishedScreen(Workspace work, Finished result) : Screen
{
    private string? _path;
    private Line _message = Line.Empty;

    /// <inheritdoc/>
    public override string Title => result.Rehearsal ? "The rehearsal is done. Nothing was installed." : "ERPNext is installed.";

    /// <inheritdoc/>
    public override string Step => StepId.Verification;

    /// <inheritdoc/>
    public override string Help =>
        """
        The administrator's password is in a Nomad Variable; the command that reads it stands here, the password itself nowhere.
        s saves the answers as a TOML file with comments: install --answers FILE does on another host what was done here.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyHint> Keys => _path is null ? [new("s", "save the answers")] : [new("Enter", "save"), new("Esc", "do not")];

    /// <inheritdoc/>
    public override Typing? Typing => _path is null ? null : new Typing("finished.save", 9, 14, 44, _path, IsSecret: false, text => _path = text);

    /// <inheritdoc/>
    public override Line Message => _message;

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area)
    {
        var lines = new List<Line>();
        foreach (var (name, value) in result.Outputs)
        {
            var wrapped = Columns.Wrap(value, area.Width - 13).ToList();
            lines.Add(new Line(name, Tone.Quiet).To(13).Add(wrapped[0], name == "url" ? Tone.Accent : Tone.Normal));
            lines.AddRange(wrapped.Skip(1).Select(l => new Line().To(13).Add(l)));
        }

        lines.AddRange([Line.Empty, new Line("Next", Tone.Strong)]);
        lines.Add(new Line("./erp-installer status", Tone.Accent).To(28).Add("how each step stands", Tone.Quiet));
        lines.Add(new Line("./erp-installer plan", Tone.Accent).To(28).Add("is it still so?", Tone.Quiet));
        lines.Add(new Line($"nomad job status {work.Answers.Nomad.Job}", Tone.Accent).To(28).Add("its containers", Tone.Quiet));
        while (lines.Count < 14)
        {
            lines.Add(Line.Empty);
        }

        return _path is null ? lines : [.. lines.Take(14), new Line("Save as  ", Tone.Accent)];
    }

    /// <inheritdoc/>
    public override bool OnKey(Key key)
    {
        if (_path is null)
        {
            _path = key == Key.S ? Path.GetFullPath("installer.toml") : null;
            return key == Key.S;
        }

        if (key == Key.Enter)
        {
            Save(_path);
        }

        _path = key == Key.Enter || key == Key.Esc ? null : _path;
        return true;
    }

    private void Save(string path) => work.Begin(
        _ => Task.FromResult(work.Save(path)),
        saved => _message = new Line($"{work.Glyphs.Done} {saved}", Tone.Good),
        e => _message = new Line($"{e.Message}. {e.Hint}", Tone.Bad));
}

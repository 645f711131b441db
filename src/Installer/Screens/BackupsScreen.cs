using System.Drawing;
using System.Globalization;
using ErpInstaller.Backup;
using ErpInstaller.Core.Text;
using ErpInstaller.Run;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>The backups in the repository, newest first. The operator chooses one to restore.</summary>
internal sealed class BackupsScreen(ScreenContext work, ScreenFlow flow) : Screen
{
    private readonly ChoiceList _backups = new();
    private readonly RepositoryWork _reading = new(work);
    private BackupsFound? _found;

    /// <inheritdoc/>
    public override string Title => "Which backup?";

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override string Help =>
        $"""
            The backups in the repository, newest first. "by safeguard" is a backup that was made before a restore or an
            update replaced the site.

            Enter reads the chosen backup and shows what it would replace. Nothing is replaced before you type the
            site's name.

            Files of another installation: {work.Commands.In("erp-installer restore --files DUMP")}
            """;

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            .. _backups.Bindings("choose"),
            new(KeyPress.Letter('r'), "read again", Read) { When = !_reading.IsAtWork },
            new(KeyPress.Esc, "back", _reading.Leave),
        ];

    /// <inheritdoc/>
    public override bool IsAtWork => _reading.IsAtWork;

    /// <inheritdoc/>
    public override Line Message =>
        _reading.IsAtWork ? _reading.Message
        : _found?.Fault is { } fault ? new Line(fault, Tone.Warning)
        : Line.Empty;

    /// <inheritdoc/>
    public override void Entered()
    {
        if (_found is null)
        {
            Read();
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area) =>
        _found is { Backups: [] }
            ? [new Line("There are no backups yet.", Tone.Quiet)]
            : [.. _reading.ErrorLines(area.Width), .. _backups.Draw(area, work.Glyphs)];

    private void Read() =>
        _reading.Begin(
            "reading the repository",
            Operation.Backup,
            (installation, stop) => new BackupList(installation).ReadAsync(stop),
            found =>
            {
                _found = found;
                _backups.Choices = [.. found.Backups.Reverse().Select(ChoiceOf)];
            }
        );

    private Choice ChoiceOf(BackupKnown backup) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{backup.Time:yyyy-MM-dd HH:mm} UTC  {ByteSize.Text(backup.Bytes), 9}  by {backup.By}"
            ),
            $"{backup.Id}, {backup.Release}: {string.Join(", ", backup.Apps.Select(a => $"{a.Key} {a.Value}"))}",
            () => flow.ConfirmRestore(backup)
        );
}

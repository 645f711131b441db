using System.Diagnostics.CodeAnalysis;
using System.Drawing;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;
using ErpInstaller.Screens.Running;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>
/// The first screen where an installation is: how it is now, and the keys to work on it. It looks again every few
/// seconds while it is shown, on another thread.
/// </summary>
internal sealed class DashboardScreen(ScreenContext work, ScreenFlow flow) : Screen
{
    private readonly LiveView _view = new();
    private Func<CancellationToken, Task<LiveStatus>>? _read;
    private bool _isLooking;
    private bool _isAtWork;
    private bool _hasChanges;
    private string? _problem;

    /// <inheritdoc/>
    public override string Title =>
        _view.Status?.Level switch
        {
            null => "Looking at the installation",
            LiveLevel.Down => "Something is down",
            LiveLevel.Warns => "It runs, and something needs attention",
            LiveLevel.Unknown => "It runs, as far as can be seen",
            _ => "All is well",
        } + (_hasChanges ? "; changed answers wait: u shows them" : "");

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override string Help =>
        (work.Run.Unfinished is { } unfinished ? $"{work.Commands.In(unfinished.Text)}\n\n" : "")
        + """
            How the installation is now. The screen looks again every five seconds; queues, scheduler and disk every
            fifteen.

            CPU is in percent of what is reserved, and may be above it. Memory is in percent of the limit.

            The title bar names what runs. c changes the answers; the title then says that changed answers wait. u
            shows the plan, with the changed answers if some wait, and changes nothing before you confirm it.

            l shows the log of a group, and restarts its containers.

            d leaves the full screen for the command remove, which shows what would be removed and asks for the site's
            name.

            status --live shows the same as lines, with all figures. logs, restart, shell and bench are commands too.
            """;

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Letter('w'), "watch the run", flow.Watch) { When = _isAtWork },
            new(KeyPress.Letter('u'), "update", Update) { When = !_isAtWork },
            new(KeyPress.Letter('b'), "back up", flow.BackUp) { When = !_isAtWork },
            new(KeyPress.Letter('r'), "restore", flow.ChooseBackup) { When = !_isAtWork },
            new(KeyPress.Letter('c'), "answers", flow.Ask) { When = !_isAtWork, Bar = BarPlace.Help },
            new(KeyPress.Letter('l'), "logs", flow.ChooseContainers),
            new(KeyPress.Letter('d'), "remove", flow.Remove)
            {
                When = !_isAtWork && work.CanLeaveToRemove,
                Bar = BarPlace.Help,
            },
            new(KeyPress.Letter('m'), "more", flow.Start),
        ];

    /// <inheritdoc/>
    public override Line Message =>
        _problem is { } problem ? new Line(problem, Tone.Bad)
        : _isAtWork ? new Line($"A run is at work: w watches the {work.Run.Words.Noun}.", Tone.Accent)
        : work.Run.Unfinished is { } unfinished
            ? new Line($"The last {unfinished.Noun} did not end well: ", Tone.Warning).Add(
                "F1 shows how to continue it",
                Tone.Accent
            )
        : Worst() is { } worst ? new Line($"{worst.Subject}: ", Tone.Quiet).Add(HelpFor(worst), Tone.Accent)
        : Line.Empty;

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area) =>
        _view.Status is { } status
            ? new DashboardPicture(_view, work.Glyphs).Draw(status, area.Width, area.Height)
            : [new Line("Asking Nomad and the site", Tone.Quiet)];

    /// <inheritdoc/>
    public override void Entered()
    {
        _problem = null;
        AskHasChanges();
        work.Run.AskIsAtWork(isAtWork => _isAtWork = isAtWork);
        if (!_isLooking)
        {
            Look(TimeSpan.Zero);
        }
    }

    // To read and compare two sets of answers would delay the first picture.
    private void AskHasChanges() =>
        work.Begin(
            _ => Task.FromResult(work.Interview.DiffersFromAccepted),
            hasChanges => _hasChanges = hasChanges,
            Failed
        );

    // Of those that have a hint.
    private LiveValue? Worst() => _view.Status?.Values.Where(v => v.Hint.Length > 0).MaxBy(v => v.Level);

    // A key of this screen, where one does what the command does.
    private string HelpFor(LiveValue value) =>
        value.Hint switch
        {
            "erp-installer backup" => "b makes one",
            "erp-installer backups" => "r lists all backups",
            "erp-installer plan" => "u shows what an installation would mend",
            var command => work.Commands.In(command),
        };

    private void Look(TimeSpan pause)
    {
        if (!TryOpen(out var read))
        {
            return;
        }

        _isLooking = true;
        work.Begin(
            async stop =>
            {
                await Task.Delay(pause, work.Time, stop);
                return await read(stop);
            },
            Seen,
            Failed
        );
    }

    // Without usable answers there is nothing to look at.
    private bool TryOpen([NotNullWhen(true)] out Func<CancellationToken, Task<LiveStatus>>? read)
    {
        try
        {
            read = _read ??= work.OpenLive();
            return true;
        }
        catch (InstallerException e)
        {
            Failed(e);
            read = null;
            return false;
        }
    }

    private void Failed(InstallerException error) =>
        (_problem, _isLooking) = ($"{error.Message}. {work.Commands.In(error.Hint)}", false);

    private void Seen(LiveStatus status)
    {
        _view.Take(status);
        _isLooking = work.Navigator.Current == this;
        if (_isLooking)
        {
            work.Run.AskIsAtWork(isAtWork => _isAtWork = isAtWork);
            Look(work.LookEvery);
        }
    }

    // The accepted answers may have been edited since.
    private void Update()
    {
        try
        {
            flow.Update();
        }
        catch (InstallerException e)
        {
            _problem = $"{e.Message}. {work.Commands.In(e.Hint)}";
        }
    }
}

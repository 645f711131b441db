using System.Drawing;
using ErpInstaller.Composition;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using ErpInstaller.Screens;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>
/// Random keys while the window changes its size: no screen ends the program, and every picture is complete.
/// </summary>
public sealed class RandomKeysTests : IDisposable
{
    private static readonly Func<Key>[] _keys =
    [
        () => Key.Enter,
        () => Key.Enter,
        () => Key.Esc,
        () => Key.Tab,
        () => Key.Tab.WithShift,
        () => Key.CursorUp,
        () => Key.CursorDown,
        () => Key.CursorLeft,
        () => Key.CursorRight,
        () => Key.PageUp,
        () => Key.PageDown,
        () => Key.Home,
        () => Key.End,
        () => Key.Backspace,
        () => Key.Delete,
        () => Key.InsertChar,
        () => Key.F1,
        () => Key.F2,
        () => Key.F3,
        () => Key.F4,
        () => Key.F5,
        () => Key.F9,
        () => Key.F12,
        () => Key.Space,
        () => Key.A,
        () => Key.E,
        () => Key.F,
        () => Key.H,
        () => Key.N,
        () => Key.N.WithShift,
        () => Key.R,
        () => Key.W,
        () => Key.X,
        () => new Key('/'),
        () => new Key('9'),
        () => new Key('-'),
        () => new Key('漢'),
        () => new Key('é'),
        () => Key.A.WithCtrl,
        () => Key.L.WithCtrl,
        () => Key.U.WithCtrl,
        () => Key.X.WithAlt,
        () => Key.CursorDown.WithShift,
        () => Key.CursorRight.WithCtrl,
    ];

    private static readonly (int Width, int Height)[] _sizes =
    [
        (80, 24),
        (120, 40),
        (79, 24),
        (80, 23),
        (20, 5),
        (81, 60),
        (200, 24),
    ];

    private readonly ShownInstaller _shown = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Any_key_on_any_screen_leaves_a_complete_picture(int seed)
    {
        await _shown.SeesAsync("New installation");
        var random = new Random(seed);
        for (var pressed = 0; pressed < 400 && !_shown.Work.Navigator.IsLeft; pressed++)
        {
            if (random.Next(12) == 0)
            {
                var (width, height) = _sizes[random.Next(_sizes.Length)];
                _shown.Screen.Resize(width, height);
            }

            if (random.Next(60) == 0)
            {
                Somewhere(random.Next(5));
            }

            var at = _shown.Work.Navigator.Current;
            var key = _keys[random.Next(_keys.Length)]();
            _shown.Press(key);
            IsWhole($"seed {seed}, key {pressed} {key} on {at.GetType().Name}");
        }
    }

    [Fact]
    public async Task A_list_that_is_still_loading_accepts_keys()
    {
        await _shown.SeesAsync("New installation");
        _shown.Work.Navigator.Open(new NodesScreen(_shown.Work));

        // The screen handles the key before it receives Nomad's answer.
        _shown.Screen.Press(Key.CursorDown, Key.Tab, Key.Enter, Key.CursorUp, Key.Enter);

        await _shown.SeesAsync("it fits");
        _shown.Press(Key.Enter);
        Assert.Equal("rehearsal", _shown.Work.Interview.Answers.Nomad.Node);
    }

    [Fact]
    public void The_selected_node_is_visible_among_many()
    {
        var list = new ChoiceList
        {
            Choices =
            [
                .. Enumerable.Range(1, 40).Select(n => new Choice($"node-{n}", "6.0 of 8.0 cores free", () => { })),
            ],
        };
        for (var n = 1; n < 33; n++)
        {
            Binding.Take(list.Bindings("take"), KeyPress.CursorDown);
        }

        var lines = list.Draw(new Size(57, 19), Glyphs.Unicode).Select(l => l.ToString()).ToList();

        Assert.Equal(19, lines.Count);
        Assert.Contains("› node-33 ", lines);
        Assert.Contains("    6.0 of 8.0 cores free", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_help_text_scrolls_by_pages_and_to_its_end()
    {
        await _shown.AtSiteAsync();
        _shown.Press(Key.Enter, Key.Enter, Key.Enter);
        await _shown.SeesAsync("Nomad region");
        _shown.Press(Key.F1);
        var top = _shown.Text;
        Assert.DoesNotContain("draw the screen again", top, StringComparison.Ordinal);

        _shown.Press(Key.End);
        Assert.Contains("draw the screen again", _shown.Text, StringComparison.Ordinal);
        _shown.Press(Key.PageUp, Key.PageUp, Key.PageUp);
        Assert.Equal(top, _shown.Text);
    }

    public void Dispose() => _shown.Dispose();

    private void Somewhere(int place)
    {
        switch (place)
        {
            case 0:
                _shown.ScreenFlow.Begin();
                break;
            case 1:
                _shown.ScreenFlow.Ask();
                break;
            case 2:
                _shown.ScreenFlow.Review();
                break;
            case 3:
                _shown.ScreenFlow.Install();
                _shown.Install.Tell(
                    new RunStarted(
                        "erp.example.com",
                        "v15.75.1",
                        Rehearsal: true,
                        [.. InstallSteps.InOrder().Select(s => s.Id)]
                    ),
                    new StepStarted(StepId.Deployment, 1, "not there"),
                    new ContainerSeen(
                        StepId.Deployment,
                        "erpnext",
                        "database",
                        "database",
                        "1",
                        "running",
                        Healthy: null,
                        Failed: false,
                        3,
                        new string('x', 300)
                    ),
                    new Log(StepId.Deployment, LogLevel.Output, new string('漢', 500))
                );
                break;
            default:
                _shown.ScreenFlow.Install();
                _shown.Install.Tell(
                    new Finished(
                        StepStatus.Failed,
                        4,
                        Rehearsal: true,
                        StepId.Image,
                        "BuildFailed",
                        new string('y', 900),
                        "Fix it"
                    )
                    {
                        Details = [.. Enumerable.Repeat("last", 90)],
                    }
                );
                break;
        }
    }

    private void IsWhole(string when)
    {
        var lines = _shown.Screen.Lines;
        if (lines[0].StartsWith("The installer needs", StringComparison.Ordinal))
        {
            return;
        }

        Assert.True(
            lines[^1].Contains("F10 leave", StringComparison.Ordinal)
                && !lines[^1].EndsWith(_shown.Work.Glyphs.More, StringComparison.Ordinal),
            $"{when}: the keys are cut or gone\n{_shown.Text}"
        );
        Assert.True(
            lines[0].Contains("ERPNext installer", StringComparison.Ordinal),
            $"{when}: no title\n{_shown.Text}"
        );
    }
}

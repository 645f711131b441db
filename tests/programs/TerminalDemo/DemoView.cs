using Terminal.Gui.Drawing;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace ErpInstaller.TerminalDemo;

/// <summary>A form with a field, a list and a log, drawn like the installer's own screens.</summary>
internal sealed class DemoView : Runnable
{
    private readonly int _lines;
    private readonly TextField _field = new()
    {
        X = 12,
        Y = 2,
        Width = 40,
    };
    private readonly List<string> _log = [];
    private readonly Lock _gate = new();
    private volatile bool _complete;
    private int _chosen;

    public DemoView(int lines)
    {
        _lines = lines;
        (CanFocus, Width, Height) = (true, Dim.Fill(), Dim.Fill());
        SetScheme(new Scheme(new Attribute(Color.None, Color.None)));
        Add(_field);
    }

    /// <inheritdoc/>
    protected override bool OnKeyDown(Key key)
    {
        if (key == Key.F10)
        {
            App!.RequestStop();
        }
        else if (key == Key.F2)
        {
            throw new InvalidOperationException("as asked");
        }
        else if (key == Key.F3)
        {
            _ = Task.Run(FloodAsync);
        }
        else if (key == Key.CursorDown || key == Key.Tab)
        {
            _chosen = (_chosen + 1) % 5;
        }
        else
        {
            return false;
        }

        SetNeedsDraw();
        return true;
    }

    /// <inheritdoc/>
    protected override bool OnDrawingContent(DrawContext? context)
    {
        var normal = new Attribute(Color.None, Color.None);
        SetAttribute(new Attribute(Color.None, Color.None, TextStyle.Reverse));
        Move(0, 0);
        AddStr(
            $"demonstration {Viewport.Width}×{Viewport.Height}{(_complete ? ", all lines came" : "")}".PadRight(
                Viewport.Width
            )
        );
        SetAttribute(normal);
        Move(0, 2);
        AddStr("Name: ");
        for (var choice = 0; choice < 5; choice++)
        {
            SetAttribute(
                choice == _chosen
                    ? new Attribute(new Color(ColorName16.BrightCyan), Color.None, TextStyle.Bold)
                    : normal
            );
            Move(2, 4 + choice);
            AddStr($"{(choice == _chosen ? "›" : " ")} choice {choice} of the demonstration ✓ ─ │");
        }

        SetAttribute(new Attribute(new Color(200, 120, 40), Color.None));
        lock (_gate)
        {
            var shown = _log.TakeLast(Viewport.Height - 10).ToList();
            for (var line = 0; line < shown.Count; line++)
            {
                Move(0, 10 + line);
                AddStr(shown[line].PadRight(Viewport.Width));
            }
        }

        return true;
    }

    // Ten thousand lines per second, the most that a build writes.
    private async Task FloodAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var line = 1; line <= _lines; line++)
        {
            lock (_gate)
            {
                _log.Add($"Step {line}/{_lines}: running the build, compiled module {line * 7919L % 100_003}");
                if (_log.Count > 1000)
                {
                    _log.RemoveRange(0, 500);
                }
            }

            if (line % 100 == 0)
            {
                App?.Invoke(SetNeedsDraw);
                await timer.WaitForNextTickAsync();
            }
        }

        _complete = true;
        App?.Invoke(SetNeedsDraw);
    }
}

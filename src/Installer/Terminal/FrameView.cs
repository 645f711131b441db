using System.Drawing;
using Terminal.Gui.Drawing;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;
using Terminal.Gui.Views;
using Line = ErpInstaller.Terminal.Line;

namespace ErpInstaller.Terminal;

/// <summary>
/// The only view of the installer. It draws the lines, has the text field that screens use, and passes keys to the
/// content.
/// </summary>
internal sealed class FrameView : Runnable
{
    private static readonly KeyPress _clear = KeyPress.Ctrl('u');

    private readonly IFrameContent _content;
    private readonly AnswerField _field = new() { Visible = false, Height = 1 };
    private IReadOnlyList<Line> _lines = [];
    private string _typing = "";

    public FrameView(IFrameContent content)
    {
        _content = content;
        CanFocus = true;
        Width = Dim.Fill();
        Height = Dim.Fill();
        SetScheme(new Scheme(Palette.Of(Tone.Normal)));
        var editable = Palette.Of(Tone.Normal);
        _field.SetScheme(
            new Scheme(editable)
            {
                Focus = editable,
                Editable = editable,
                HotNormal = editable,
                Active = editable,
            }
        );
        _field.KeyDown += (_, key) => key.Handled = OnFieldKey(new KeyPress(key));
        _field.ValueChanged += (_, _) => Typed();
        Add(_field);
    }

    /// <summary>Redraws after a second passed.</summary>
    private bool Tick()
    {
        if (_content.IsAtWork)
        {
            Refresh();
        }

        return true;
    }

    /// <summary>Redraws after a change.</summary>
    public void Refresh()
    {
        if (_content.IsLeft)
        {
            App?.RequestStop(this);
            return;
        }

        // The position of the text field is known only after drawing.
        _lines = _content.Draw(Viewport.Size);
        PlaceField();
        SetNeedsDraw();
    }

    /// <inheritdoc/>
    protected override void OnIsRunningChanged(bool newIsRunning)
    {
        base.OnIsRunningChanged(newIsRunning);
        if (newIsRunning)
        {
            App?.AddTimeout(TimeSpan.FromSeconds(1), Tick);
            Refresh();
        }
    }

    /// <inheritdoc/>
    protected override bool OnKeyDown(Key key) => Take(new KeyPress(key));

    /// <summary>
    /// Draws everything here, because Terminal.Gui draws the field next and later drawing would have to spare it.
    /// </summary>
    protected override bool OnClearingViewport()
    {
        if (App?.Driver?.Contents is { } cells)
        {
            CellWriter.Write(_lines, cells);
        }

        _field.SetNeedsDraw();
        return true;
    }

    /// <inheritdoc/>
    protected override void OnFrameChanged(in Rectangle frame)
    {
        base.OnFrameChanged(frame);
        if (App is not null)
        {
            Refresh();
        }
    }

    // As in a shell, ^U deletes the line.
    private bool OnFieldKey(KeyPress key) => key == _clear ? Clear() : _content.LeavesField(key) && Take(key);

    private bool Take(KeyPress key)
    {
        _content.Take(key, Viewport.Size);
        Refresh();
        return true;
    }

    private bool Clear()
    {
        _field.Text = "";
        return true;
    }

    private void Typed()
    {
        if (_content.Typing(Viewport.Size) is { } typing && typing.Of == _typing && typing.Text != _field.Text)
        {
            typing.Changed(_field.Text);
            // A password that replaces a file name is hidden from its first character.
            _field.Secret = _content.Typing(Viewport.Size)?.IsSecret ?? typing.IsSecret;
            _lines = _content.Draw(Viewport.Size);
            SetNeedsDraw();
        }
    }

    // One field serves all screens; it moves to the screen's input position.
    private void PlaceField()
    {
        var typing = _content.Typing(Viewport.Size);
        if (typing is null)
        {
            _typing = "";
            if (_field.Visible)
            {
                _field.Visible = false;
                SetFocus();
            }

            return;
        }

        var other = _typing != typing.Of;
        _typing = typing.Of;
        (_field.X, _field.Y, _field.Width) = (typing.Column, typing.Row, typing.Width);
        _field.Secret = typing.IsSecret;
        if (_field.Text != typing.Text)
        {
            // The screen changed the text, for example by completing a path. Typing continues after it.
            _field.Text = typing.Text;
            _field.MoveEnd();
        }

        _field.Visible = true;
        _field.SetFocus();
        if (other && !typing.IsSecret)
        {
            // Typing replaces the present answer; an arrow key keeps it.
            _field.SelectAll();
        }
    }
}

using ErpInstaller.Terminal;

namespace ErpInstaller.Screens.Widgets;

/// <summary>
/// An input line of a screen: for a filter, a ref, a reason, a path or a search. While it is open, its keys replace
/// those of the screen.
/// </summary>
/// <param name="name">A name that is unique among the screens' inputs.</param>
/// <param name="label">The text before the input.</param>
/// <param name="width">The columns of the input.</param>
/// <param name="text">The text that it starts with.</param>
internal sealed class Prompt(string name, string label, int width, string text = "")
{
    private int _row;

    /// <summary>The text so far.</summary>
    public string Text { get; private set; } = text;

    /// <summary>Whether the operator still types.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>After Tab: the names that match the path. Otherwise empty.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>The label and the action of Enter. An action that returns false keeps the prompt open.</summary>
    public required (string Label, Func<string, bool> Act) Accept { get; init; }

    /// <summary>The label and the action of Esc, which then closes the prompt.</summary>
    public (string Label, Action Act) Cancel { get; init; } = ("cancel", () => { });

    /// <summary>Receives the text at each change.</summary>
    public Action<string> Changed { get; init; } = _ => { };

    /// <summary>Whether the text is a path, which Tab completes as in a shell.</summary>
    public bool IsPath { get; init; }

    /// <summary>Keys of the screen that keep working, for example to move in a filtered list.</summary>
    public IEnumerable<Binding> More { get; init; } = [];

    /// <summary>Its keys.</summary>
    public IReadOnlyList<Binding> Bindings =>
        [
            new(KeyPress.Enter, Accept.Label, Enter),
            .. (IEnumerable<Binding>)(IsPath ? [new(KeyPress.Tab, "complete", Complete)] : []),
            new(KeyPress.Esc, Cancel.Label, Esc),
            .. More,
        ];

    /// <summary>Where the operator types. Known after <see cref="Draw"/>.</summary>
    public Typing Typing => new(name, Columns.Of(label), _row, width, Text, IsSecret: false, Take);

    /// <summary>Its line.</summary>
    /// <param name="row">The row of the screen's area where the line will be.</param>
    public Line Draw(int row)
    {
        _row = row;
        return new Line(label, Tone.Accent);
    }

    private void Take(string text)
    {
        Text = text;
        Changed(text);
    }

    private void Enter()
    {
        Names = [];
        IsOpen = !Accept.Act(Text);
    }

    private void Complete()
    {
        Take(PathCompletion.Complete(Text));
        Names = PathCompletion.Names(Text);
    }

    private void Esc()
    {
        IsOpen = false;
        Cancel.Act();
    }
}

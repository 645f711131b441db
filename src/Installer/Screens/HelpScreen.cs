using System.Drawing;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>F1: the help of the screen beneath, with all keys.</summary>
/// <param name="about">The screen beneath.</param>
/// <param name="everywhere">The keys that work on every screen.</param>
/// <param name="screens">Goes back to the screen beneath.</param>
internal sealed class HelpScreen(Screen about, IReadOnlyList<Binding> everywhere, Navigator screens) : Screen
{
    private const int Label = 12;

    private readonly ScrolledText _text = new();

    /// <inheritdoc/>
    public override string Title => $"Help: {about.Title}";

    /// <inheritdoc/>
    public override string Step => about.Step;

    /// <inheritdoc/>
    public override bool IsWide => true;

    /// <inheritdoc/>
    public override string Help => "Help for the screen beneath.";

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => null;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings => [new(KeyPress.Esc, "back", screens.Back), .. _text.Bindings()];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area) => _text.Draw([.. Lines(area.Width)], area.Height);

    private IEnumerable<Line> Lines(int width) =>
        [
            .. about
                .Help.Split("\n\n")
                .SelectMany(p => Columns.Wrap(p.Replace('\n', ' '), width))
                .Select(l => new Line(l)),
            Line.Empty,
            .. about.PresentBindings.Concat(everywhere).Select(Draw),
        ];

    // Also lists the keys that do not work now: the operator may be looking for them.
    private static Line Draw(Binding binding) =>
        new Line(binding.Name, binding.When ? Tone.Accent : Tone.Quiet)
            .To(Label)
            .Add(binding.Label, binding.When ? Tone.Normal : Tone.Quiet);
}

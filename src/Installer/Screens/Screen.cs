using System.Drawing;
using ErpInstaller.Core.Ids;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>
/// One screen: its picture and its keys. It draws lines, not views, so a test can read the screen as text. The frame
/// puts the lines on the terminal. A screen reads and computes when something changes; drawing only lays out the
/// results.
/// </summary>
internal abstract class Screen
{
    private Prompt? _prompt;

    /// <summary>The line above it.</summary>
    public abstract string Title { get; }

    /// <summary>The step that it belongs to, one of <see cref="StepId"/>; empty if it belongs to none.</summary>
    public virtual string Step => "";

    /// <summary>The text that F1 shows above the keys: paragraphs with an empty line between them.</summary>
    public abstract string Help { get; }

    /// <summary>All its keys, in the order of the key bar.</summary>
    public abstract IReadOnlyList<Binding> Bindings { get; }

    /// <summary>The keys that work now: those of the open prompt, or its own.</summary>
    public IReadOnlyList<Binding> PresentBindings => Prompt?.Bindings ?? Bindings;

    /// <summary>Where the operator types now; null if letters are commands.</summary>
    public virtual Typing? Typing => Prompt?.Typing;

    /// <summary>A problem, or the result of the last key; shown above the keys.</summary>
    public virtual Line Message => Line.Empty;

    /// <summary>
    /// Whether it takes the whole width, without the steps. Then the operator can select long lines with the
    /// mouse.
    /// </summary>
    public virtual bool IsWide => false;

    /// <summary>Whether it shows the time, which needs a picture every second.</summary>
    public virtual bool IsAtWork => false;

    /// <summary>The open prompt; null if there is none.</summary>
    protected Prompt? Prompt => _prompt is { IsOpen: true } ? _prompt : null;

    /// <summary>
    /// Whether it is about what runs: the title bar then names that, and not the answers. Null: as the screen beneath.
    /// </summary>
    public virtual bool? IsAboutWhatRuns => false;

    /// <summary>The screen's lines. Those beyond the area's height are not shown.</summary>
    public abstract IReadOnlyList<Line> Draw(Size area);

    /// <summary>The screen is shown, for the first time or again.</summary>
    public virtual void Entered() { }

    /// <summary>Opens a prompt.</summary>
    protected void Ask(Prompt prompt) => _prompt = prompt;
}

using System.Drawing;
using ErpInstaller.Core.Ids;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>
/// One screen: says what it looks like and takes keys. It draws lines and not views, so that what the operator sees can be
/// read by a test; the frame puts the lines on the terminal.
/// </summary>
internal abstract class Screen
{
    /// <summary>Stands over it.</summary>
    public abstract string Title { get; }

    /// <summary>The step that it belongs to, one of <see cref="StepId"/>; empty when it belongs to none.</summary>
    public virtual string Step => "";

    /// <summary>What F1 shows: paragraphs.</summary>
    public abstract string Help { get; }

    /// <summary>The keys that work now, beside those of the frame.</summary>
    public abstract IReadOnlyList<KeyHint> Keys { get; }

    /// <summary>The keys that work where the operator is: last in the bar, so that nothing else moves when they change.</summary>
    public virtual IReadOnlyList<KeyHint> KeysHere => [];

    /// <summary>Where the operator types now; null when letters are commands.</summary>
    public virtual Typing? Typing => null;

    /// <summary>What is wrong, or what just happened; shown above the keys.</summary>
    public virtual Line Message => Line.Empty;

    /// <summary>It takes the whole width, without the steps: long lines can be read, and selected with the terminal's mouse.</summary>
    public virtual bool IsWide => false;

    /// <summary>Time passes on it: it is drawn anew every second.</summary>
    public virtual bool IsAtWork => false;

    /// <summary>The screen's lines; those beyond the area's height are not seen.</summary>
    public abstract IReadOnlyList<Line> Draw(Size area);

    /// <summary>Takes a key.</summary>
    /// <returns>It meant something here.</returns>
    public abstract bool OnKey(KeyPress key);

    /// <summary>It is shown, for the first time or again.</summary>
    public virtual void Entered() { }
}

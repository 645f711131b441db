using System.Drawing;

namespace ErpInstaller.Terminal;

/// <summary>What the terminal shows and whom it gives the keys: the screens, without their terminal.</summary>
internal interface IFrameContent
{
    /// <summary>The operator is done; the program ends.</summary>
    bool IsLeft { get; }

    /// <summary>Time passes on it: it is drawn anew every second.</summary>
    bool IsAtWork { get; }

    /// <summary>
    /// Where the operator types now, in cells of the terminal; known after drawing. Null when letters are commands.
    /// </summary>
    Typing? Typing(Size terminal);

    /// <summary>All lines from top to bottom.</summary>
    IReadOnlyList<Line> Draw(Size terminal);

    /// <summary>Takes a key.</summary>
    void Take(KeyPress key, Size terminal);

    /// <summary>The key is for the screen, though the operator types into a text field.</summary>
    bool LeavesField(KeyPress key);
}

using System.Drawing;

namespace ErpInstaller.Terminal;

/// <summary>The content of the terminal: it draws lines and takes keys, without knowing the terminal.</summary>
internal interface IFrameContent
{
    /// <summary>Whether the operator is done and the program ends.</summary>
    bool IsLeft { get; }

    /// <summary>Whether it is redrawn every second.</summary>
    bool IsAtWork { get; }

    /// <summary>
    /// The input position, in cells of the terminal. It is known after drawing. Null if letters are commands.
    /// </summary>
    Typing? Typing(Size terminal);

    /// <summary>All lines from top to bottom.</summary>
    IReadOnlyList<Line> Draw(Size terminal);

    /// <summary>Takes a key.</summary>
    void Take(KeyPress key, Size terminal);

    /// <summary>Whether the key is for the screen even while the operator types into a text field.</summary>
    bool LeavesField(KeyPress key);
}

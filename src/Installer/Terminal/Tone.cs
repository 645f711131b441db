namespace ErpInstaller.Terminal;

/// <summary>The meaning of a text. The palette decides its look, and colour alone never carries a meaning.</summary>
internal enum Tone
{
    Normal,

    /// <summary>Less important than the text around it.</summary>
    Quiet,

    /// <summary>A heading.</summary>
    Strong,

    /// <summary>A key to press, or the present activity.</summary>
    Accent,

    Good,

    Warning,

    Bad,

    /// <summary>The selected line.</summary>
    Selected,

    /// <summary>The bars at the top and the bottom.</summary>
    Bar,
}

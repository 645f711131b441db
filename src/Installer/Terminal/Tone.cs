namespace ErpInstaller.Terminal;

/// <summary>What a piece of text means; the palette decides how that looks, and no meaning is told by colour alone.</summary>
internal enum Tone
{
    Normal,

    /// <summary>Less important than what stands around it.</summary>
    Quiet,

    /// <summary>A heading.</summary>
    Strong,

    /// <summary>A key to press, or what is at work now.</summary>
    Accent,

    Good,

    Warning,

    Bad,

    /// <summary>Where the operator is.</summary>
    Selected,

    /// <summary>The bars at the top and the bottom.</summary>
    Bar,
}

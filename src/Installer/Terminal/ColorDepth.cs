namespace ErpInstaller.Terminal;

/// <summary>The number of colours of a terminal.</summary>
internal enum ColorDepth
{
    /// <summary>No colours: only bold, underline and reverse.</summary>
    Monochrome,

    /// <summary>The eight of ECMA-48 and their bright variants.</summary>
    Sixteen,

    /// <summary>The palette of xterm.</summary>
    TwoHundredFiftySix,

    /// <summary>24 bits per colour.</summary>
    TrueColor,
}

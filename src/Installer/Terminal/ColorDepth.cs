namespace ErpInstaller.Terminal;

/// <summary>How many colours a terminal shows.</summary>
internal enum ColorDepth
{
    /// <summary>None: bold, underline and reverse are what there is.</summary>
    Monochrome,

    /// <summary>The eight of ECMA-48 and their bright variants.</summary>
    Sixteen,

    /// <summary>The palette of xterm.</summary>
    TwoHundredFiftySix,

    /// <summary>24 bits a colour.</summary>
    TrueColor,
}

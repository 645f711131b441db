namespace ErpInstaller.Core.Toml;

/// <summary>What brought a table about (TOML 1.1: each table is defined once, in one way).</summary>
internal enum TableOrigin
{
    /// <summary>The header of a table in it; its own header may follow.</summary>
    Implied,

    /// <summary>Its own header, or the file itself.</summary>
    Header,

    /// <summary>Dotted keys; more of these may follow.</summary>
    DottedKey,

    /// <summary>Braces; it is complete.</summary>
    Inline,
}

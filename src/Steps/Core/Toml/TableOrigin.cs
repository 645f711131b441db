namespace ErpInstaller.Core.Toml;

/// <summary>How a table was defined (TOML 1.1: each table is defined once, in one way).</summary>
internal enum TableOrigin
{
    /// <summary>By the header of a table inside it; its own header may follow.</summary>
    Implied,

    /// <summary>By its own header, or as the file itself.</summary>
    Header,

    /// <summary>By dotted keys; more of them may follow.</summary>
    DottedKey,

    /// <summary>By braces; it is complete.</summary>
    Inline,
}

using Tomlyn.Syntax;

namespace ErpInstaller.Core.Toml;

/// <summary>A place in a file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
internal readonly record struct Place(int Line, int Column)
{
    /// <summary>The first character.</summary>
    public static readonly Place Start = new(1, 1);

    /// <summary>The start of a part of the syntax tree.</summary>
    public static Place Of(SyntaxNodeBase node) => Of(node.Span.Start);

    /// <summary>The parser counts from 0.</summary>
    public static Place Of(TextPosition position) => new(position.Line + 1, position.Column + 1);
}

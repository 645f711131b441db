using ErpInstaller.Core.Text;
using Tomlyn.Syntax;

namespace ErpInstaller.Core.Toml;

/// <summary>One part of a dotted key.</summary>
internal sealed record TomlKey(string Name, Place Place)
{
    /// <summary>The parts of a key; null if a syntax error left a part out.</summary>
    public static IReadOnlyList<TomlKey>? Parts(KeySyntax syntax)
    {
        var parts = new List<TomlKey>();
        foreach (var part in syntax.DotKeys.Select(d => d.Key).Prepend(syntax.Key))
        {
            if ((part is StringValueSyntax text ? text.Value : (part as BareKeySyntax)?.Key?.Text) is not { } name)
            {
                return null;
            }

            parts.Add(new TomlKey(name, Place.Of(part!)));
        }

        return parts;
    }

    /// <summary>The full name of a key below a path.</summary>
    public static string Join(string path, IReadOnlyList<TomlKey> keys) =>
        keys.Aggregate(path, (before, key) => Quoted.Join(before, key.Name));
}

using ErpInstaller.Core.Toml;
using Tomlyn.Serialization;

namespace ErpInstaller.Answers;

/// <summary>Reads and writes an enumeration as answer files spell it.</summary>
internal sealed class ChoiceConverter<T> : TomlConverter<T>
    where T : struct, Enum
{
    /// <summary>The spellings, in the order of the enum.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<T>().Select(v => ChoiceName.Of(v))];

    /// <inheritdoc/>
    public override T Read(TomlReader reader)
    {
        var name = reader.GetString();
        foreach (var value in Enum.GetValues<T>())
        {
            if (ChoiceName.Of(value) == name)
            {
                reader.Read();
                return value;
            }
        }

        throw reader.CreateException($"{name} is none of {string.Join(", ", Names)}");
    }

    /// <inheritdoc/>
    public override void Write(TomlWriter writer, T value) => writer.WriteStringValue(ChoiceName.Of(value));
}

using System.Text.Json;
using Tomlyn.Serialization;

namespace ErpInstaller.Answers;

/// <summary>An enum as answer files spell it: <c>LetsEncrypt</c> is <c>lets-encrypt</c>.</summary>
internal sealed class ChoiceConverter<T> : TomlConverter<T>
    where T : struct, Enum
{
    /// <summary>The spellings, in the order of the enum.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<T>().Select(NameOf)];

    /// <summary>How a value is spelled.</summary>
    public static string NameOf(T value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <inheritdoc/>
    public override T Read(TomlReader reader)
    {
        var name = reader.GetString();
        foreach (var value in Enum.GetValues<T>())
        {
            if (NameOf(value) == name)
            {
                reader.Read();
                return value;
            }
        }

        throw reader.CreateException($"{name} is none of {string.Join(", ", Names)}");
    }

    /// <inheritdoc/>
    public override void Write(TomlWriter writer, T value) => writer.WriteStringValue(NameOf(value));
}

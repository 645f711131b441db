using ErpInstaller.Core.Secrets;
using Tomlyn.Serialization;

namespace ErpInstaller.Answers;

/// <summary>A secret in TOML: a text is the secret itself, a table says where it is.</summary>
internal sealed class SecretSourceConverter : TomlConverter<SecretSource>
{
    /// <summary>Key of the table that names an environment variable.</summary>
    public const string Env = "env";

    /// <summary>Key of the table that names a file.</summary>
    public const string File = "file";

    /// <inheritdoc/>
    public override SecretSource Read(TomlReader reader)
    {
        if (reader.TokenType == TomlTokenType.String)
        {
            return new SecretSource { Literal = Take(reader) };
        }

        var source = new SecretSource();
        reader.Read();
        while (reader.TokenType == TomlTokenType.PropertyName)
        {
            var key = reader.PropertyName;
            reader.Read();
            source = key == Env ? source with { Env = Take(reader) } : source with { File = Take(reader) };
        }

        reader.Read();
        return source;
    }

    /// <inheritdoc/>
    public override void Write(TomlWriter writer, SecretSource value)
    {
        if (value.Literal is not null)
        {
            writer.WriteStringValue(value.Literal);
            return;
        }

        writer.WriteStartTable();
        writer.WritePropertyName(value.Env is null ? File : Env);
        writer.WriteStringValue(value.Env ?? value.File ?? "");
        writer.WriteEndTable();
    }

    private static string Take(TomlReader reader)
    {
        var text = reader.GetString();
        reader.Read();
        return text;
    }
}

using System.Collections;
using System.Reflection;
using System.Text.Json;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Tests.Answers;

/// <summary>The description of the keys and the model that the generator fills are the same thing said twice: held together here.</summary>
public sealed class AnswerKeysTests
{
    [Fact]
    public void Every_property_of_the_model_is_a_described_key()
    {
        Assert.Equal(
            PropertiesOf(typeof(AnswerFile), "").Order(StringComparer.Ordinal),
            KeyNames.Described().Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_described_key_looks_at_its_own_property()
    {
        foreach (var (path, key) in ValuesOf(AnswerKeys.File, ""))
        {
            object? expected = new AnswerFile();
            foreach (var name in path.Split('.'))
            {
                expected = Property(expected!.GetType(), name).GetValue(expected);
            }

            Assert.Equal(expected, key.Value!(new AnswerFile()));
        }
    }

    [Fact]
    public void The_value_of_a_key_ends_in_the_property_of_that_key()
    {
        foreach (var (path, key) in ValuesOf(AnswerKeys.File, "").Where(k => k.Key is NumberKey && k.Path != "schema"))
        {
            var given = ((NumberKey)key).Most - 1;
            var read = AnswersReader.ReadText(
                $"schema = 1\nsite.name = \"erp.example.com\"\n{path} = {given}",
                "text",
                AnswerCases.Known
            );

            Assert.Equal(given, key.Value!(read.Answers));
        }
    }

    private static IEnumerable<string> PropertiesOf(Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            var full = path.Length == 0 ? name : $"{path}.{name}";
            var inner = Inner(property.PropertyType);
            var below = inner is null
                ? full
                : full + (property.PropertyType.IsAssignableTo(typeof(IDictionary)) ? ".*" : "");
            foreach (var key in inner is { } table && table != typeof(string) ? PropertiesOf(table, below) : [below])
            {
                yield return key;
            }
        }
    }

    // What is in a table; null for a value.
    private static Type? Inner(Type type) =>
        type.IsAssignableTo(typeof(IDictionary)) ? type.GetGenericArguments()[1]
        : type.Namespace == typeof(AnswerFile).Namespace && type.IsClass && type != typeof(SecretSource) ? type
        : null;

    private static IEnumerable<(string Path, ValueKey Key)> ValuesOf(TableKey table, string path) =>
        table.Keys.SelectMany(k =>
            k switch
            {
                TableKey inner => ValuesOf(inner, path + k.Name + "."),
                ValueKey value => [(path + k.Name, value)],
                _ => [],
            }
        );

    private static PropertyInfo Property(Type owner, string name) =>
        owner.GetProperties().Single(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name) == name);
}

using System.Collections;
using System.Reflection;
using System.Text.Json;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Secrets;

namespace ErpInstaller.Tests.Answers;

/// <summary>Each key is tied to its property of a record by hand. These tests find a key at a wrong property.</summary>
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
    public void Every_key_reads_its_own_property()
    {
        Assert.All(AnswerKeys.Values, key =>
            Assert.Equal(PropertyOf(key, new AnswerFile()), key.Get(new AnswerFile()))
        );
    }

    [Fact]
    public void Every_key_sets_its_own_property_and_no_other()
    {
        foreach (var key in AnswerKeys.Values)
        {
            var changed = key.Set(new AnswerFile(), Other(key));

            Assert.Equal(Other(key), PropertyOf(key, changed));
            Assert.Equal(
                [key.Path],
                AnswerKeys.Values.Where(k => !Equals(k.Get(changed), k.Initial)).Except(Lists(key)).Select(k => k.Path)
            );
        }
    }

    [Fact]
    public void Every_choice_offers_all_members_of_its_enumeration()
    {
        Assert.All(AnswerKeys.Values.OfType<ChoiceKey>(), key =>
            Assert.Equal(
                Enum.GetNames(key.Choices[0].Value.GetType()).Order(StringComparer.Ordinal),
                key.Choices.Select(c => $"{c.Value}").Order(StringComparer.Ordinal)
            )
        );
    }

    [Theory]
    [InlineData("url", "https://git.example.com/crm")]
    [InlineData("ref", "main")]
    [InlineData("username", "deploy")]
    public void Every_text_of_an_override_sets_its_own_property(string name, string value)
    {
        var key = ((TableKey)AppsKeys.Overrides.Entry).Keys.OfType<ValueKey>().Single(k => k.Name == name);
        var changed = key.Lens.Set(new AppOverride(), value);

        Assert.Equal(value, Property(typeof(AppOverride), name).GetValue(changed));
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

    // The properties of a table; null for a value.
    private static Type? Inner(Type type) =>
        type.IsAssignableTo(typeof(IDictionary)) ? type.GetGenericArguments()[1]
        : type.Namespace == typeof(AnswerFile).Namespace && type.IsClass && type != typeof(SecretSource) ? type
        : null;

    private static object? PropertyOf(ValueKey key, AnswerFile answers) =>
        key
            .Path.Split('.')
            .Aggregate((object?)answers, (owner, name) => Property(owner!.GetType(), name).GetValue(owner));

    // A value that no key has as its default.
    private static object Other(ValueKey key) =>
        key switch
        {
            NumberKey => 77,
            ChoiceKey choice => choice.Choices[1].Value.Equals(key.Initial)
                ? choice.Choices[0].Value
                : choice.Choices[1].Value,
            SecretKey => new SecretSource { Env = "OTHER" },
            TextListKey => (List<string>)["other"],
            _ => "other",
        };

    // The other lists are equal, but not the same objects.
    private static IEnumerable<ValueKey> Lists(ValueKey but) =>
        AnswerKeys.Values.Where(k => k is TextListKey && k != but);

    private static PropertyInfo Property(Type owner, string name) =>
        owner.GetProperties().Single(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name) == name);
}

using System.Text.Json;
using System.Text.RegularExpressions;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Json;

/// <summary><c>docs/json.md</c> says everything that <c>--output json</c> sends.</summary>
public sealed class JsonPageTests : IDisposable
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private readonly Product _product = new();

    public void Dispose() => _product.Dispose();

    [Fact]
    public void The_page_lists_each_event_and_field_as_they_are_serialized()
    {
        var wanted = JsonPage.Wanted();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(JsonPage.File, wanted);
        }

        Assert.Equal(wanted, JsonPage.Text);
    }

    [Fact]
    public async Task No_command_sends_a_field_an_event_or_an_output_that_the_page_lacks()
    {
        string[][] commands =
        [
            ["validate", "--answers", Product.Sample],
            ["check", "--answers", Product.Sample],
            ["install", "--answers", Product.Sample],
            ["plan"],
            ["status"],
            ["backup"],
            ["backups"],
            ["restore", "latest", "--replace", "erp.example.com"],
            ["rollback", "--replace", "erp.example.com"],
            ["secrets"],
            ["export", _product.In("exported")],
            ["support-bundle", _product.In("help.tar.gz")],
            ["attach"],
            ["doctor"],
            ["logs", "backend"],
            ["restart", "frontend"],
            ["apps", "remove", "crm", "--confirm", "crm"],
            ["scale", "backend", "2", "--yes"],
            ["renew", "--yes"],
            ["remove", "--site", "erp.example.com"],
        ];

        // These two pass on what a program in a container writes.
        Assert.Equal(await CommandsAsync(), commands.Select(c => c[0]).Concat(["bench", "shell"]).Order());
        foreach (var command in commands)
        {
            var run = await _product.RunAsync([.. command, "--rehearse", "--output", "json"]);

            Assert.All(run.Events, e => IsOnThePage(command[0], e));
            Assert.Equal("result", run.Result.GetProperty("type").GetString());
        }
    }

    private async Task<IEnumerable<string>> CommandsAsync() =>
        (await _product.RunAsync("--help"))
            .Output.Split('\n')
            .SkipWhile(l => l != "Commands:")
            .Skip(1)
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault())
            .OfType<string>()
            .Order();

    private static void IsOnThePage(string command, JsonElement happened)
    {
        var type = happened.GetProperty("type").GetString()!;
        Assert.True(JsonPage.EventsOf(command).Contains(type), $"docs/json.md: {command} sends {type}");
        var listed = JsonPage.Fields()[type];
        foreach (var field in FieldsOf(happened, "").Where(f => f is not ("type" or "at")))
        {
            Assert.True(
                listed.Any(l => Covers(l, field)),
                $"docs/json.md: {type} of {command} has {field}: {happened}"
            );
        }

        foreach (var name in OutputsOf(happened))
        {
            Assert.True(
                JsonPage.Outputs().Any(o => o == name || (o[^1] == '*' && name.StartsWith(o[..^1], Ordinal))),
                $"docs/json.md: the output {name} of {command}"
            );
        }
    }

    // An object with any names has no rows for them.
    private static bool Covers(string listed, string field) =>
        listed == field
        || field.StartsWith($"{listed}.", StringComparison.Ordinal) && listed.Split('.')[^1] is "outputs" or "apps";

    private static IEnumerable<string> OutputsOf(JsonElement happened) =>
        happened.TryGetProperty("outputs", out var outputs) ? outputs.EnumerateObject().Select(o => o.Name)
        : happened.TryGetProperty("state", out var state) && state.ValueKind == JsonValueKind.Object ? OutputsOf(state)
        : [];

    private static IEnumerable<string> FieldsOf(JsonElement element, string prefix)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = prefix + member.Name;
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                yield return name;
                foreach (var inner in FieldsOf(member.Value, $"{name}."))
                {
                    yield return inner;
                }
            }
            else if (member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().Any(IsObject))
            {
                yield return $"{name}[]";
                foreach (var inner in member.Value.EnumerateArray().SelectMany(e => FieldsOf(e, $"{name}[].")))
                {
                    yield return inner;
                }
            }
            else
            {
                // An empty list does not show what it holds.
                yield return member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0
                    ? Regex.Replace(name, "changes$", "changes[]")
                    : name;
            }
        }
    }

    private static bool IsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object;
}

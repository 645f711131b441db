using System.Text.Json.Nodes;
using ErpInstaller.Answers.Keys;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Answers;

public sealed class AnswersSchemaTests
{
    [Fact]
    public void The_schema_in_the_repository_matches_the_keys()
    {
        var file = Repository.In("assets", "installer.schema.json");
        if (Environment.GetEnvironmentVariable("UPDATE_SCHEMA") == "1")
        {
            File.WriteAllText(file, AnswersSchema.Json());
        }

        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == AnswersSchema.Json(),
            "assets/installer.schema.json is not current. Write it anew: UPDATE_SCHEMA=1 ./test --no-engine "
                + "AnswersSchema"
        );
    }

    [Fact]
    public void An_editor_learns_what_each_key_means_and_takes()
    {
        var site = JsonNode.Parse(AnswersSchema.Json())!["properties"]!["site"]!;

        Assert.Equal(["name"], site["required"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Equal(443, site["properties"]!["https_port"]!["default"]!.GetValue<int>());
        Assert.Contains(
            "Public host name",
            site["properties"]!["name"]!["description"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }
}

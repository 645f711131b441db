using System.Text;
using System.Text.Json;
using Docker.DotNet.Models;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Docker;

/// <summary>
/// Recorded builds (<c>tests/cases/images/engine</c>, <c>…/buildx</c>) and the events that are made of them
/// (<c>NAME.events</c> beside). Both builders give the same events for the same build.
/// </summary>
public sealed class BuildStreamTests
{
    private static string Folder(string builder) => Repository.In("tests", "cases", "images", builder);

    public static TheoryData<string> Cases() => ["built", "cached", "commit-missing", "killed", "base-missing"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_output_of_the_engines_own_builder_is_read(string name)
    {
        var events = new StringBuilder();
        var reader = new EngineBuildReader(e => Write(events, e));
        foreach (var line in File.ReadLines(Path.Combine(Folder("engine"), $"{name}.jsonl")))
        {
            reader.Add(JsonSerializer.Deserialize<JSONMessage>(line)!);
        }

        reader.End();
        events.Append(
            reader.Stopped is { } stopped
                ? $"stopped at {stopped.Instruction}: {stopped.Message}\n"
                : $"image {reader.ImageId}\n"
        );
        GoldenFile.Check(Path.Combine(Folder("engine"), $"{name}.events"), events.ToString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_plain_output_of_BuildKit_is_read(string name) =>
        CheckBuildx(name, "txt", tell => new BuildxPlainReader(tell));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_JSON_output_of_BuildKit_is_read(string name) =>
        CheckBuildx(name, "json", tell => new BuildxJsonReader(tell));

    [Fact]
    public void Progress_as_JSON_objects_gives_the_same_result()
    {
        var indented = Path.Combine(Folder("buildx"), "killed.json");
        List<BuildEvent> expected = [],
            events = [];
        var reader = new BuildxJsonReader(expected.Add);
        var compact = new BuildxJsonReader(events.Add);
        foreach (var line in File.ReadLines(indented))
        {
            reader.Add(line);
        }

        foreach (
            var line in File.ReadAllText(indented)
                .Replace("\n}", "}", StringComparison.Ordinal)
                .Replace("\n ", " ", StringComparison.Ordinal)
                .Split('\n')
        )
        {
            compact.Add(line);
        }

        Assert.NotEmpty(events);
        Assert.Equal(expected, events);
    }

    [Fact]
    public void A_build_that_ends_without_a_message_has_no_image()
    {
        var reader = new EngineBuildReader(_ => { });

        // The id of an earlier stage.
        reader.Add(JsonSerializer.Deserialize<JSONMessage>("""{"aux":{"ID":"sha256:cd42dae82e8d"}}""")!);
        reader.End();

        Assert.Null(reader.ImageId);
    }

    private static void CheckBuildx(string name, string extension, Func<Action<BuildEvent>, BuildxReader> make)
    {
        var events = new StringBuilder();
        var reader = make(e => Write(events, e));
        foreach (var line in File.ReadLines(Path.Combine(Folder("buildx"), $"{name}.{extension}")))
        {
            reader.Add(line);
        }

        var stopped = reader.StoppedBy(1);
        events.Append($"if stopped, at {stopped.Instruction}: {stopped.Message}\n");
        GoldenFile.Check(
            Path.Combine(Folder("buildx"), $"{name}{(extension == "json" ? ".json" : "")}.events"),
            events.ToString()
        );
    }

    private static void Write(StringBuilder events, BuildEvent happened) =>
        events.Append(
            happened switch
            {
                BuildEvent.Started e => $"started {e.Instruction}\n",
                BuildEvent.Done e => $"{(e.Cached ? "cached" : "done")} {e.Instruction}\n",
                BuildEvent.Line e => $"  {TerminalText.Clean(e.Text)}\n",
                _ => "",
            }
        );
}

using System.Text;
using System.Text.Json;
using Docker.DotNet.Models;
using ErpInstaller.Docker;
using ErpInstaller.Engine;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Docker;

/// <summary>
/// Recorded builds (<c>tests/cases/images/engine</c>, <c>…/buildx</c>) and the events that are made of them
/// (<c>NAME.events</c> beside). Both builders tell the same build the same way.
/// </summary>
public sealed class BuildStreamTests
{
    private static string Folder(string builder) => Repository.In("tests", "cases", "images", builder);

    public static TheoryData<string> Cases() => ["built", "cached", "commit-missing", "killed", "base-missing"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_engines_own_builder_is_understood(string name)
    {
        var events = new StringBuilder();
        var reader = new EngineBuildReader(e => Write(events, e));
        foreach (var line in File.ReadLines(Path.Combine(Folder("engine"), $"{name}.jsonl")))
        {
            reader.Add(JsonSerializer.Deserialize<JSONMessage>(line)!);
        }

        reader.End();
        events.Append(reader.Stopped is { } stopped ? $"stopped at {stopped.Instruction}: {stopped.Message}\n" : $"image {reader.ImageId}\n");
        GoldenFile.Check(Path.Combine(Folder("engine"), $"{name}.events"), events.ToString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BuildKit_is_understood(string name)
    {
        var events = new StringBuilder();
        var reader = new BuildxReader(e => Write(events, e));
        foreach (var line in File.ReadLines(Path.Combine(Folder("buildx"), $"{name}.txt")))
        {
            reader.Add(line);
        }

        var stopped = reader.StoppedBy(1);
        events.Append($"if stopped, at {stopped.Instruction}: {stopped.Message}\n");
        GoldenFile.Check(Path.Combine(Folder("buildx"), $"{name}.events"), events.ToString());
    }

    [Fact]
    public void A_build_that_ends_without_a_word_has_no_image()
    {
        var reader = new EngineBuildReader(_ => { });

        // The id of a stage on the way.
        reader.Add(JsonSerializer.Deserialize<JSONMessage>("""{"aux":{"ID":"sha256:cd42dae82e8d"}}""")!);
        reader.End();

        Assert.Null(reader.ImageId);
    }

    private static void Write(StringBuilder events, BuildEvent happened) => events.Append(happened switch
    {
        BuildEvent.Started e => $"started {e.Instruction}\n",
        BuildEvent.Done e => $"{(e.Cached ? "cached" : "done")} {e.Instruction}\n",
        BuildEvent.Line e => $"  {TerminalText.Clean(e.Text)}\n",
        _ => "",
    });
}

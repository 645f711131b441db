using System.Text.RegularExpressions;
using Docker.DotNet.Models;

namespace ErpInstaller.Docker;

/// <summary>Makes events of what the engine's own builder writes: <c>Step 7/31 : RUN …</c> and the output between.</summary>
internal sealed partial class EngineBuildReader
{
    private readonly Action<BuildEvent> _tell;
    private readonly LineBuffer _lines;
    private string? _instruction;
    private bool _cached;

    public EngineBuildReader(Action<BuildEvent> tell)
    {
        _tell = tell;
        _lines = new LineBuffer(Read);
    }

    /// <summary>Id of the image, once it is built.</summary>
    public string? ImageId { get; private set; }

    /// <summary>What stopped the build, if something did.</summary>
    public BuildStopped? Stopped { get; private set; }

    /// <summary>Takes a message of the engine.</summary>
    public void Add(JSONMessage message)
    {
        if (message.Stream is { } stream)
        {
            _lines.Add(stream);
        }

        // The layers of an image that is pulled on the way have a progress; what is said once is worth a line.
        if (message is { Status: { Length: > 0 } status, Progress.Current: null or 0 })
        {
            _tell(new BuildEvent.Line(_instruction, message.ID is { Length: > 0 } id ? $"{id}: {status}" : status));
        }

        ImageId = AuxText.Of(message, "ID") ?? ImageId;
        if (message.Error?.Message is { } error)
        {
            _lines.End();
            Stopped ??= new BuildStopped(error.ReplaceLineEndings(" "), _instruction);
        }
    }

    /// <summary>The stream is over.</summary>
    public void End()
    {
        _lines.End();
        if (Stopped is null)
        {
            FinishInstruction();
        }
    }

    private void Read(string line)
    {
        if (Step().Match(line) is { Success: true } step)
        {
            FinishInstruction();
            _instruction = step.Groups[1].Value;
            _tell(new BuildEvent.Started(_instruction));
        }
        else if (line == " ---> Using cache")
        {
            _cached = true;
        }
        else if (!Bookkeeping().IsMatch(line))
        {
            _tell(new BuildEvent.Line(_instruction, line));
        }
    }

    private void FinishInstruction()
    {
        if (_instruction is not null)
        {
            _tell(new BuildEvent.Done(_instruction, _cached));
        }

        _cached = false;
    }

    [GeneratedRegex(@"^Step [0-9]+/[0-9]+ : (.+)$")]
    private static partial Regex Step();

    [GeneratedRegex("^(?: ---> (?:Running in )?[0-9a-f]{12}|Removing intermediate container [0-9a-f]{12}|Successfully built [0-9a-f]{12}|)$")]
    private static partial Regex Bookkeeping();
}

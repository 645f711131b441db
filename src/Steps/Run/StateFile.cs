using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;
using Tomlyn;
using Tomlyn.Serialization;

namespace ErpInstaller.Run;

/// <summary>
/// Reads and writes the state file of an operation. Each change of a step's status writes the whole file.
/// </summary>
/// <param name="operation">Its id. The file of an install is <c>state.toml</c>.</param>
public sealed class StateFile(StateDirectory directory, string operation = Operation.InstallId)
{
    private readonly string _path = operation == Operation.InstallId ? directory.State : directory.StateOf(operation);

    /// <summary>The state after the last run; a step that was running is interrupted. Empty without a file.</summary>
    /// <exception cref="InstallerException">The file cannot be parsed, or a newer installer wrote it.</exception>
    /// <exception cref="StateDirectoryUnusable">It belongs to another user.</exception>
    public InstallState Read()
    {
        directory.CheckIsOurs();
        if (!File.Exists(_path))
        {
            return new InstallState();
        }

        var text = StateDirectoryUnusable.Trying(_path, () => File.ReadAllText(_path));
        try
        {
            var state = SafeToml.Read(text, StateToml.Default.InstallState);
            Check(state, text);
            return Interrupt(state);
        }
        catch (TomlUnreadable e)
        {
            throw FileUnreadable.Toml(_path, e);
        }
    }

    /// <summary>When it was last written: every run writes it when it begins. Long ago without a file.</summary>
    public DateTime Written => File.GetLastWriteTimeUtc(_path);

    /// <summary>Writes the whole state, or changes nothing.</summary>
    public void Write(InstallState state) =>
        AtomicFile.Write(_path, TomlSerializer.Serialize(state, StateToml.Default.InstallState));

    private void Check(InstallState state, string text)
    {
        if (text.Length == 0)
        {
            throw FileUnreadable.Empty(_path);
        }

        if (state.Schema > InstallState.CurrentSchema)
        {
            throw FileUnreadable.Newer(_path, state.Schema, InstallState.CurrentSchema);
        }
    }

    // The process that wrote "running" is gone: the reader holds the run lock, or changes nothing.
    private static InstallState Interrupt(InstallState state) =>
        state with
        {
            Steps = state.Steps.ToDictionary(
                s => s.Key,
                s => s.Value.Status == StepStatus.Running ? s.Value with { Status = StepStatus.Interrupted } : s.Value
            ),
        };
}

/// <summary>Generated reading and writing of the state file; every key has its name at its property.</summary>
[TomlSourceGenerationOptions(
    DefaultIgnoreCondition = TomlIgnoreCondition.WhenWritingNull,
    Converters = [typeof(StepStatusToml)]
)]
[TomlSerializable(typeof(InstallState))]
internal sealed partial class StateToml : TomlSerializerContext;

/// <summary>The words that <c>state.toml</c> has for a step's status.</summary>
internal sealed class StepStatusToml : TomlConverter<StepStatus>
{
    private static readonly (StepStatus Status, string Word)[] Words =
    [
        (StepStatus.Pending, "pending"),
        (StepStatus.Running, "running"),
        (StepStatus.Done, "done"),
        (StepStatus.Failed, "failed"),
        (StepStatus.Stale, "stale"),
        (StepStatus.Interrupted, "interrupted"),
    ];

    /// <inheritdoc/>
    public override StepStatus Read(TomlReader reader)
    {
        var text = reader.GetString();
        var found = Array.FindIndex(Words, w => w.Word == text);
        if (found < 0)
        {
            throw reader.CreateException($"'{text}' is not a step status");
        }

        reader.Read();
        return Words[found].Status;
    }

    /// <inheritdoc/>
    public override void Write(TomlWriter writer, StepStatus value) =>
        writer.WriteStringValue(Array.Find(Words, w => w.Status == value).Word);
}

using System.Text.Json.Serialization;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;
using Tomlyn;
using Tomlyn.Serialization;

namespace ErpInstaller.Run;

/// <summary>Reads and writes <c>state.toml</c>, written whole after every transition.</summary>
public sealed class StateFile(StateDirectory directory)
{
    /// <summary>The state as it was left; a step found running is interrupted. Empty when there is no file.</summary>
    /// <exception cref="FileUnreadable">The file cannot be parsed, or a newer installer wrote it.</exception>
    /// <exception cref="StateDirectoryUnusable">It is another user's.</exception>
    public InstallState Read()
    {
        directory.CheckIsOurs();
        if (!File.Exists(directory.State))
        {
            return new InstallState();
        }

        var text = StateDirectoryUnusable.Trying(directory.State, () => File.ReadAllText(directory.State));
        try
        {
            var state = TomlSerializer.Deserialize(text, StateToml.Default.InstallState)!;
            Check(state, text);
            return Interrupt(state);
        }
        catch (TomlException e)
        {
            throw FileUnreadable.Toml(directory.State, e);
        }
    }

    /// <summary>Writes the state, or nothing of it.</summary>
    public void Write(InstallState state) =>
        AtomicFile.Write(directory.State, TomlSerializer.Serialize(state, StateToml.Default.InstallState));

    private void Check(InstallState state, string text)
    {
        if (text.Length == 0)
        {
            throw FileUnreadable.Empty(directory.State);
        }

        if (state.Schema > InstallState.CurrentSchema)
        {
            throw FileUnreadable.Newer(directory.State, state.Schema, InstallState.CurrentSchema);
        }
    }

    // The process that wrote "running" is gone: whoever reads this holds the lock or only looks.
    private static InstallState Interrupt(InstallState state) =>
        state with
        {
            Steps = state.Steps.ToDictionary(
                s => s.Key,
                s => s.Value.Status == StepStatus.Running ? s.Value with { Status = StepStatus.Interrupted } : s.Value
            ),
        };
}

/// <summary>Generated reading and writing of the state file: keys and states in snake_case.</summary>
[TomlSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = TomlIgnoreCondition.WhenWritingNull,
    Converters = [typeof(StepStatusToml)]
)]
[TomlSerializable(typeof(InstallState))]
internal sealed partial class StateToml : TomlSerializerContext;

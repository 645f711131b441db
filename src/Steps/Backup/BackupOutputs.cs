using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Backup;

/// <summary>A backup that was written.</summary>
/// <param name="Snapshot">Its id in the repository: eight hex digits.</param>
/// <param name="Bytes">The size of its content: the compressed dump and all files.</param>
/// <param name="Added">How much it added to the repository.</param>
/// <param name="Tables">How many tables its dump has.</param>
/// <param name="Removed">How many older backups were removed.</param>
/// <param name="Line">The script's line that said so.</param>
internal sealed record BackupOutputs(string Snapshot, long Bytes, long Added, long Tables, long Removed, string Line)
    : StepOutputs
{
    /// <summary>In a line.</summary>
    public string Summary =>
        FormattableString.Invariant($"backup {Snapshot}: {ByteSize.Text(Bytes)}, {Tables} tables; ")
        + $"{ByteSize.Text(Added)} were new to the repository"
        + (Removed == 0 ? "" : FormattableString.Invariant($"; {Removed} old removed"));

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        new Dictionary<string, string>
        {
            ["snapshot"] = Snapshot,
            ["bytes"] = FormattableString.Invariant($"{Bytes}"),
            ["added_bytes"] = FormattableString.Invariant($"{Added}"),
            ["tables"] = FormattableString.Invariant($"{Tables}"),
        };
}

/// <summary>A backup that was read back.</summary>
/// <param name="Written">It.</param>
internal sealed record BackupCheckOutputs(BackupOutputs Written) : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => Written.Values;
}

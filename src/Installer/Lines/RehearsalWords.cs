namespace ErpInstaller.Lines;

/// <summary>The words that mark each output of a rehearsal, at its start and end.</summary>
internal static class RehearsalWords
{
    public const string Simulated = "REHEARSAL: everything is simulated, nothing is installed";
}

namespace ErpInstaller.Lines;

/// <summary>What each output of a rehearsal says, in its title and where it ends.</summary>
internal static class RehearsalWords
{
    public const string Simulated = "REHEARSAL: everything is simulated, nothing is installed";
}

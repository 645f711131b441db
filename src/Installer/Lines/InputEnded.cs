namespace ErpInstaller.Lines;

/// <summary>Nobody answers any more: end of file on the standard input.</summary>
internal sealed class InputEnded() : Exception("The input has ended.");

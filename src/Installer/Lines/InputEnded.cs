namespace ErpInstaller.Lines;

/// <summary>End of file on the standard input.</summary>
internal sealed class InputEnded() : Exception("The input has ended.");

using ErpInstaller.Core.Errors;

namespace ErpInstaller.Answers;

/// <summary>An answer file cannot be read at all: it is missing, a directory, empty, too large, or not text.</summary>
public sealed class AnswersUnreadable(string message, string hint, Exception? cause = null)
    : InstallerException(message, hint, ExitCode.Usage, cause);

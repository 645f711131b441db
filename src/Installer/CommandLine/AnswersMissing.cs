using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.CommandLine;

/// <summary>There is no answer file: none was given, and the state directory has none.</summary>
internal sealed class AnswersMissing(StateDirectory directory)
    : InstallerException(
        $"No answer file: none was given, and {directory.Path} has none from an earlier run",
        "Use --answers FILE; installer.toml is a sample with every key.",
        ExitCode.Usage
    );

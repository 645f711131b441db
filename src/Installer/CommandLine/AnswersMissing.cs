using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;

namespace ErpInstaller.CommandLine;

/// <summary>No answer file was given and none was accepted before.</summary>
internal sealed class AnswersMissing(StateDirectory directory)
    : InstallerException(
        $"No answer file: none was given, and {directory.Path} has none from an earlier run",
        "--answers FILE; installer.toml is a sample with every key",
        ExitCode.Usage
    );

using ErpInstaller.Core.Errors;

namespace ErpInstaller.Run;

/// <summary>The answers are not those that steps were done with.</summary>
/// <param name="steps">Their ids.</param>
public sealed class AnswersChanged(IReadOnlyList<string> steps)
    : InstallerException(
        $"The answers changed since these steps were done: {string.Join(", ", steps)}",
        "Look at what would happen: erp-installer plan --answers FILE. Then say --accept-changes.",
        ExitCode.AnswersChanged
    );

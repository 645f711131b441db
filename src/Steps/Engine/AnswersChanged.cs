namespace ErpInstaller.Engine;

/// <summary>The answers are not those that steps were done with.</summary>
/// <param name="steps">Their ids.</param>
/// <param name="sameState">The options that lead another command to the same state, with a blank before each.</param>
public sealed class AnswersChanged(IReadOnlyList<string> steps, string sameState)
    : InstallerException(
        $"The answers changed since these steps were done: {string.Join(", ", steps)}",
        $"Look at what would happen: erp-installer plan --answers FILE{sameState}. Then say --accept-changes.",
        ExitCode.AnswersChanged);

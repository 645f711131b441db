using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Apps;

/// <summary>An app's repository has no such branch or tag.</summary>
public sealed class AppRefMissing(ChosenApp app, IReadOnlyList<string> nearest)
    : InstallerException(
        $"{app.Name}: {app.Url} has no branch or tag {app.Ref}",
        nearest.Count == 0
            ? "The repository is empty: look at its address in apps.override." + app.Name
            : $"Nearest there: {string.Join(", ", nearest)}. Choose one: [apps.override.{app.Name}] ref = \"{nearest[0]}\"",
        ExitCode.StepFailed
    );

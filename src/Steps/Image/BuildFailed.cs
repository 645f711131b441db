using System.Text.RegularExpressions;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;

namespace ErpInstaller.Image;

/// <summary>The build of the image failed. The details are the last lines of its output.</summary>
internal sealed partial class BuildFailed : InstallerException
{
    private const int LinesKept = 20;

    private BuildFailed(BuildFault fault, string? app, string message, string hint, Exception cause)
        : base(ErrorCode.BuildFailed, message, hint, cause)
    {
        Fault = fault;
        App = app;
    }

    /// <summary>The cause.</summary>
    public BuildFault Fault { get; }

    /// <summary>The app whose instruction failed; null when it belongs to no single app.</summary>
    public string? App { get; }

    /// <summary>The same error, with the full disk and the space that Docker uses on it.</summary>
    internal BuildFailed With(string disk) =>
        new(Fault, App, $"{Message} ({disk})", Hint, InnerException!) { Details = Details };

    /// <summary>Makes the error: it names the failed part and the cause, if the output shows it.</summary>
    /// <param name="step">The failed instruction; null: none.</param>
    /// <param name="output">The instruction's output, cleaned.</param>
    /// <param name="log">Path of the build log.</param>
    /// <param name="apps">The answers, whose table of an app the hint names.</param>
    internal static BuildFailed From(
        DockerfileStep? step,
        IReadOnlyList<string> output,
        BuildStopped stopped,
        string log,
        AppsAnswers apps
    )
    {
        var said = TerminalText.Clean(stopped.Message);
        var found = BuildDiagnosis.Of([.. output, said]);
        var hint = (found?.Hint ?? "Search the log for the first error.").Replace(
            "NAME",
            step?.App ?? "NAME",
            StringComparison.Ordinal
        );
        return new BuildFailed(
            found?.Fault ?? BuildFault.Other,
            step?.App,
            $"{step?.Description ?? "building the image"}: {found?.Description ?? said}",
            $"{Table().Replace(hint, m => apps.KeyOf(m.Groups[1].Value))} Build log: {log}",
            stopped
        )
        {
            Details = Kept(output, found?.Line),
        };
    }

    // The rules name every table as one of the release's apps.
    [GeneratedRegex(@"\bapps\.override\.([a-z0-9_]+)")]
    private static partial Regex Table();

    // bench ends with a longer traceback, so the line with the cause is kept above the last lines.
    private static IReadOnlyList<string> Kept(IReadOnlyList<string> output, int? cause) =>
        cause is { } line && line < output.Count - LinesKept
            ? [output[line], .. output.TakeLast(LinesKept - 1)]
            : [.. output.TakeLast(LinesKept)];
}

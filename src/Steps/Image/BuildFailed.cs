using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;

namespace ErpInstaller.Image;

/// <summary>The image could not be built. The details are the last lines of the build.</summary>
public sealed class BuildFailed : InstallerException
{
    private const int LinesKept = 20;

    private BuildFailed(BuildFault fault, string? app, string message, string hint, Exception cause)
        : base(ErrorCode.BuildFailed, message, hint, cause)
    {
        Fault = fault;
        App = app;
    }

    /// <summary>Why.</summary>
    public BuildFault Fault { get; }

    /// <summary>The app that it failed at; null: at none alone.</summary>
    public string? App { get; }

    /// <summary>The same, with what is full and how much of it Docker takes.</summary>
    internal BuildFailed With(string disk) =>
        new(Fault, App, $"{Message} ({disk})", Hint, InnerException!) { Details = Details };

    /// <summary>Names what was being done and the cause, as far as the output tells it.</summary>
    /// <param name="step">The failing instruction; null when it is none.</param>
    /// <param name="output">What that instruction wrote, cleaned.</param>
    /// <param name="log">Where the whole build is.</param>
    internal static BuildFailed From(
        DockerfileStep? step,
        IReadOnlyList<string> output,
        BuildStopped stopped,
        string log
    )
    {
        var said = TerminalText.Clean(stopped.Message);
        var found = BuildDiagnosis.Of([.. output, said]);
        var hint = found?.Hint ?? "Look for the first error.";
        return new BuildFailed(
            found?.Fault ?? BuildFault.Other,
            step?.App,
            $"{step?.Words ?? "building the image"}: {found?.Words ?? said}",
            $"{hint.Replace("NAME", step?.App ?? "NAME", StringComparison.Ordinal)} The whole build: {log}",
            stopped
        )
        {
            Details = Kept(output, found?.Line),
        };
    }

    // bench ends with a traceback that is longer: the line that tells the cause stays above the last ones.
    private static IReadOnlyList<string> Kept(IReadOnlyList<string> output, int? cause) =>
        cause is { } line && line < output.Count - LinesKept
            ? [output[line], .. output.TakeLast(LinesKept - 1)]
            : [.. output.TakeLast(LinesKept)];
}

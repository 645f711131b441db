namespace ErpInstaller.Core.Toml;

/// <summary>A problem or a warning at one place of a TOML file.</summary>
/// <param name="File">The path as the operator gave it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Key">The key's full name, for example <c>apps.override.crm.ref</c>; empty if no key could be
/// read.</param>
/// <param name="Problem">The problem. It never contains the value of a secret.</param>
/// <param name="Suggestion">The correction, for example <c>did you mean hrms?</c>, or null.</param>
public sealed record FileProblem(string File, int Line, int Column, string Key, string Problem, string? Suggestion)
{
    /// <summary>The line for the operator: <c>file:line:column: key: problem; suggestion</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {InAnswers}";

    /// <summary>The same for answers that are in no file yet: <c>key: problem; suggestion</c>.</summary>
    public string InAnswers =>
        $"{(Key.Length == 0 ? "" : Key + ": ")}{Problem}{(Suggestion is null ? "" : "; " + Suggestion)}";
}

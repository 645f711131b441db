namespace ErpInstaller.Core.Toml;

/// <summary>Something wrong, or worth a warning, at one place of a TOML file.</summary>
/// <param name="File">The path as the operator gave it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Key">The key's full name, for example <c>apps.override.crm.ref</c>; empty where no key could be read.</param>
/// <param name="Problem">What is wrong. Never holds a secret's value.</param>
/// <param name="Suggestion">What would be right, for example <c>did you mean hrms?</c>; null where nothing is near.</param>
public sealed record FileProblem(string File, int Line, int Column, string Key, string Problem, string? Suggestion)
{
    /// <summary>The line for the operator: <c>file:line:column: key: problem; suggestion</c>.</summary>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {(Key.Length == 0 ? "" : Key + ": ")}{Problem}{(Suggestion is null ? "" : "; " + Suggestion)}";
}

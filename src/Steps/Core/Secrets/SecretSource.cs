namespace ErpInstaller.Core.Secrets;

/// <summary>
/// Where a secret is: <c>{ env = "NAME" }</c>, <c>{ file = "/path" }</c>, or a literal. Exactly one is set.
/// </summary>
public sealed record SecretSource
{
    /// <summary>Name of the environment variable that holds it.</summary>
    public string? Env { get; init; }

    /// <summary>Path of a file that holds it; a file that other users can read is refused.</summary>
    public string? File { get; init; }

    /// <summary>The secret itself, which is accepted with a warning.</summary>
    public string? Literal { get; init; }

    /// <summary>Names the source, never the value.</summary>
    public override string ToString() =>
        Env is not null ? $"environment variable {Env}"
        : File is not null ? $"file {File}"
        : "the answer file";
}

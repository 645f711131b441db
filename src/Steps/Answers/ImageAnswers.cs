namespace ErpInstaller.Answers;

/// <summary>The <c>[image]</c> table.</summary>
public sealed record ImageAnswers
{
    /// <summary>Built here, or one that exists.</summary>
    public ImageSource Source { get; init; } = ImageSource.Build;

    /// <summary>For <c>existing</c>: the image's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>For <c>build</c>: repository name without registry and tag.</summary>
    public string Name { get; init; } = "erpnext-full";

    /// <summary>What builds it.</summary>
    public ImageBuilder Builder { get; init; } = ImageBuilder.Auto;

    /// <summary>Registry to push to, <c>host[:port][/path]</c>; empty: the image stays on this engine.</summary>
    public string Registry { get; init; } = "";

    /// <summary>User name at the registry; absent: Docker's own configuration decides.</summary>
    public string? Username { get; init; }

    /// <summary>Password or token at the registry.</summary>
    public SecretSource? Password { get; init; }
}

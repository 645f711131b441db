namespace ErpInstaller.Answers;

/// <summary>What builds the image; in TOML <c>auto</c>, <c>buildx</c>, <c>engine</c>.</summary>
public enum ImageBuilder
{
    /// <summary>buildx when it works, else the engine's own.</summary>
    Auto,

    /// <summary>BuildKit through <c>docker buildx build</c>.</summary>
    Buildx,

    /// <summary>The Docker engine's own builder through its API.</summary>
    Engine,
}

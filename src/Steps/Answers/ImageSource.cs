namespace ErpInstaller.Answers;

/// <summary>Where the image comes from; in TOML <c>build</c>, <c>existing</c>.</summary>
public enum ImageSource
{
    /// <summary>Built from the release and the lock file.</summary>
    Build,

    /// <summary>Somebody built it; it is verified to hold the apps.</summary>
    Existing,
}

namespace ErpInstaller.Docker;

/// <summary>What to build.</summary>
/// <param name="Tag">Reference that the result gets.</param>
/// <param name="Dockerfile">Its text; the context holds nothing else.</param>
/// <param name="Labels">Labels of the result.</param>
public sealed record ImageBuild(string Tag, string Dockerfile, IReadOnlyDictionary<string, string> Labels);

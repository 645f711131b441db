using ErpInstaller.Releases;

namespace ErpInstaller.Answers;

/// <summary>The releases that answers may name. They depend on the installer, not on the format of the file.</summary>
/// <param name="Releases">Names of the releases that exist.</param>
/// <param name="Load">Reads one release by its name.</param>
public sealed record AnswersVocabulary(IReadOnlyList<string> Releases, Func<string, Release> Load)
{
    /// <summary>The names that a catalog of releases knows.</summary>
    public static AnswersVocabulary Of(ReleaseCatalog catalog) => new(catalog.Names, catalog.Load);
}

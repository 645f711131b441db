using ErpInstaller.Releases;

namespace ErpInstaller.Answers;

/// <summary>Names that answers may use and that are not fixed by the format of the file.</summary>
/// <param name="Releases">Names of the releases that exist.</param>
/// <param name="Load">Reads one of them.</param>
public sealed record AnswersVocabulary(IReadOnlyList<string> Releases, Func<string, Release> Load)
{
    /// <summary>The names that a catalog of releases knows.</summary>
    public static AnswersVocabulary Of(ReleaseCatalog catalog) => new(catalog.Names, catalog.Load);
}

using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Assets;
using ErpInstaller.Releases;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Answers;

/// <summary>
/// The folders of answer files with the expected warnings and errors. After an intended change, run the tests once
/// with UPDATE_CASES=1 and read the difference.
/// </summary>
internal static class AnswerCases
{
    /// <summary>The releases of the cases.</summary>
    public static AnswersVocabulary Known { get; } =
        AnswersVocabulary.Of(new ReleaseCatalog(new AssetSource(Repository.In("tests", "cases", "answers", "assets"))));

    /// <summary>Names of the answer files in a folder.</summary>
    public static IEnumerable<TheoryDataRow<string>> In(string folder) =>
        Directory.EnumerateFiles(Folder(folder), "*.toml").Select(f => new TheoryDataRow<string>(Path.GetFileName(f)));

    /// <summary>Reads an answer file of a folder.</summary>
    public static ReadAnswers Read(string folder, string name) =>
        AnswersReader.Read(Path.Combine(Folder(folder), name), Known);

    /// <summary>Compares with the file beside the answers; an empty text stands for no file.</summary>
    public static void AssertIs(string folder, string name, string ending, string actual)
    {
        var file = Path.Combine(Folder(folder), Path.ChangeExtension(name, ending));
        var text = actual.Replace(Folder(folder) + "/", "", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("UPDATE_CASES") == "1")
        {
            Update(file, text);
        }

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", text);
    }

    private static void Update(string file, string text)
    {
        File.Delete(file);
        if (text.Length > 0)
        {
            File.WriteAllText(file, text);
        }
    }

    private static string Folder(string name) => Repository.In("tests", "cases", "answers", name);
}

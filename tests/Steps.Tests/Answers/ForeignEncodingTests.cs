using System.Text;
using CliWrap;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Releases;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Answers;

public sealed class ForeignEncodingTests : IDisposable
{
    private const string Begin = "Convert it: ";

    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData("utf-16", true, "UTF-16")]
    [InlineData("utf-16", false, "UTF-16")]
    [InlineData("utf-16BE", true, "UTF-16")]
    [InlineData("utf-16BE", false, "UTF-16")]
    [InlineData("utf-32", true, "UTF-32")]
    [InlineData("utf-32", false, "UTF-32")]
    [InlineData("latin1", false, "byte 0xFC")]
    public async Task The_command_of_the_hint_makes_the_file_readable(string name, bool mark, string named)
    {
        var encoding = Encoding.GetEncoding(name);
        var path = _directory.In("my answers.toml");
        var sample = await File.ReadAllTextAsync(Repository.In("installer.toml")) + "# für später\n";
        await File.WriteAllBytesAsync(
            path,
            [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Latin(sample))]
        );

        var refusal = Assert.Throws<InstallerException>(() => AnswersReader.Read(path, Known));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith(Begin, refusal.Hint, StringComparison.Ordinal);
        var command = refusal.Hint[Begin.Length..].Split(" (with")[0];
        await Cli.Wrap("sh").WithArguments(["-c", command]).ExecuteAsync();
        Assert.EndsWith("# für später\n", AnswersReader.Read(path + ".utf8", Known).Text, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _directory.Dispose();

    private static AnswersVocabulary Known { get; } = AnswersVocabulary.Of(new ReleaseCatalog(new AssetSource()));

    // Other characters of the sample are not in Latin-1.
    private static string Latin(string text) => string.Concat(text.Where(c => c <= 'ÿ'));
}

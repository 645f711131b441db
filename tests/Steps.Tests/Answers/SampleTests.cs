using System.Text.RegularExpressions;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Assets;
using ErpInstaller.Releases;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Answers;

public sealed partial class SampleTests
{
    private static readonly AnswersVocabulary Known = AnswersVocabulary.Of(new ReleaseCatalog(new AssetSource()));
    private static readonly string Sample = File.ReadAllText(Repository.In("installer.toml"));

    /// <summary>The sample with every key that it shows behind a #.</summary>
    private static string Complete => CommentedKey().Replace(Sample, "$1");

    [Fact]
    public void The_sample_is_valid_without_a_change()
    {
        var read = AnswersReader.ReadText(Sample, "installer.toml", Known);

        Assert.Empty(read.Warnings);
    }

    [Fact]
    public void The_values_of_the_sample_are_the_defaults()
    {
        var read = AnswersReader.ReadText(Sample, "installer.toml", Known);
        var plain = AnswersReader.ReadText(
            "schema = 1\nsite.name = \"erp.example.com\"\napps.override.crm = {}",
            "plain.toml",
            Known
        );

        Assert.Equal(AnswersJson.Of(plain.Answers), AnswersJson.Of(read.Answers));
    }

    [Fact]
    public void The_sample_shows_every_key()
    {
        var shown = KeyNames.In(Complete);

        Assert.Empty(KeyNames.Described().Except(shown));
    }

    [Fact]
    public void Each_commented_value_of_the_sample_is_valid()
    {
        var refusal = Assert.Throws<AnswersInvalid>(() => AnswersReader.ReadText(Complete, "installer.toml", Known));

        // The sample shows all keys, even those that exclude each other.
        Assert.All(refusal.Problems, p => Assert.StartsWith("belongs to the ", p.Problem, StringComparison.Ordinal));
        Assert.Equal(
            [
                "certificate.certificate",
                "certificate.key",
                "certificate.resolver",
                "image.reference",
                "cluster.nodes",
                "cluster.data_node",
                "cluster.database_volume",
                "cluster.redis_queue_volume",
                "cluster.sites_nfs",
                "cluster.sites_volume",
            ],
            refusal.Problems.Select(p => p.Key)
        );
    }

    [Fact]
    public void The_sample_names_its_schema_and_every_release()
    {
        Assert.StartsWith("#:schema assets/installer.schema.json\n", Sample, StringComparison.Ordinal);
        Assert.All(Known.Releases, release => Assert.Contains(release, Sample, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^#(\[[a-z_.]+\]|[a-z_]+ = .*)$", RegexOptions.Multiline)]
    private static partial Regex CommentedKey();
}

using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Answers.Files;

/// <summary>A command changes one answer in a file that a person wrote.</summary>
public sealed class AnswersEditorTests
{
    private static readonly AnswersVocabulary Known = AnswersVocabulary.Of(new ReleaseCatalog(new AssetSource()));

    private const string Required =
        "schema = 1\n[erpnext]\nrelease = \"v15.75.1\"\n[site]\nname = \"erp.example.com\"\n";

    [Theory]
    [InlineData(
        "[scale] # busy\nbackend = 1   # one\nqueue_short = 2\n",
        "[scale] # busy\nbackend = 3   # one\nqueue_short = 2\n"
    )]
    [InlineData(
        "[scale]\n# backend = 1\nqueue_short = 2 # two\n",
        "[scale]\n# backend = 1\nqueue_short = 2 # two\nbackend = 3\n"
    )]
    [InlineData("[scale] # none yet\n\n[mail]\n", "[scale] # none yet\nbackend = 3\n\n[mail]\n")]
    [InlineData("scale = { queue_short = 2 } # busy\n", "scale = { backend = 3, queue_short = 2 } # busy\n")]
    [InlineData("scale = {}\n", "scale = { backend = 3 }\n")]
    [InlineData("scale.queue_short = 2 # busy\n# end\n", "scale.queue_short = 2 # busy\nscale.backend = 3\n# end\n")]
    [InlineData("scale.backend = 1 # one\n", "scale.backend = 3 # one\n")]
    [InlineData("scale = { backend = 1 }", "scale = { backend = 3 }")]
    [InlineData("# no table\n", "# no table\n\n[scale]\nbackend = 3\n")]
    [InlineData("# no line break", "# no line break\n\n[scale]\nbackend = 3\n")]
    [InlineData(
        "[scale]\r\nqueue_short = 2\r\n\r\n[mail]\r\n",
        "[scale]\r\nqueue_short = 2\r\nbackend = 3\r\n\r\n[mail]\r\n"
    )]
    public void A_number_is_set_and_every_other_character_stays(string before, string after) =>
        Assert.Equal(after, new TomlEdit(before).Set(["scale", "backend"], "3"));

    [Theory]
    [InlineData("install = []", "install = [\"crm\"]")]
    [InlineData("install = [ ] # none", "install = [\"crm\" ] # none")]
    [InlineData("install = [\"hrms\"] # one", "install = [\"hrms\", \"crm\"] # one")]
    [InlineData("install = [\"hrms\",] # one", "install = [\"hrms\", \"crm\",] # one")]
    [InlineData("install = [\n  \"hrms\", # staff\n]", "install = [\n  \"hrms\", # staff\n  \"crm\",\n]")]
    [InlineData("install = [\n\t'hrms' # staff\n\t# end\n]", "install = [\n\t'hrms', # staff\n\t\"crm\"\n\t# end\n]")]
    [InlineData("install = [\r\n  \"hrms\"\r\n]", "install = [\r\n  \"hrms\",\r\n  \"crm\"\r\n]")]
    public void An_app_is_added_at_the_end_of_the_list_in_the_form_of_the_list(string before, string after) =>
        Assert.Equal(after, new TomlEdit(before).AddItem(["install"], "\"crm\""));

    [Theory]
    [InlineData("install = [\"crm\"] # one", "install = [] # one")]
    [InlineData("install = [\"crm\", \"hrms\"]", "install = [\"hrms\"]")]
    [InlineData("install = [\"hrms\", \"crm\"]", "install = [\"hrms\"]")]
    [InlineData("install = [\"hrms\", 'crm', \"lms\"]", "install = [\"hrms\", \"lms\"]")]
    [InlineData(
        "install = [\n  \"hrms\", # staff\n  \"crm\", # sales\n  # end\n]",
        "install = [\n  \"hrms\", # staff\n  # end\n]"
    )]
    [InlineData("install = [\n  \"hrms\", # staff\n  \"crm\" # sales\n]", "install = [\n  \"hrms\", # staff\n]")]
    [InlineData("install = [\n  \"hrms\",\n  \"crm\"]", "install = [\n  \"hrms\",\n  ]")]
    [InlineData("install = [\r\n  \"crm\",\r\n  \"hrms\"\r\n]", "install = [\r\n  \"hrms\"\r\n]")]
    public void An_app_is_taken_out_of_the_list_with_the_comment_on_its_line(string before, string after) =>
        Assert.Equal(after, new TomlEdit(before).RemoveItem(["install"], "crm"));

    [Fact]
    public void The_sample_keeps_all_its_comments()
    {
        var text = File.ReadAllText(Repository.In("installer.toml"));

        var edited = Scale(text, "queue-long", "4");

        Assert.Equal(("scale.queue_long", "1", "4"), (edited.Key, edited.Before, edited.After));
        var changed = text.Split('\n').Zip(edited.Text.Split('\n')).Where(l => l.First != l.Second);
        Assert.Equal([("queue_long = 1", "queue_long = 4")], changed);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("two")]
    [InlineData("1.5")]
    [InlineData("")]
    public void A_number_that_the_key_does_not_take_changes_nothing(string count)
    {
        var error = Assert.Throws<InstallerException>(() => Scale(Required, "backend", count));

        Assert.StartsWith("scale.backend: must be", error.Message, StringComparison.Ordinal);
        Assert.Equal("Nothing was changed: scale.backend is 1.", error.Hint);
    }

    [Fact]
    public void A_number_that_the_answers_have_already_is_no_change_even_if_the_file_does_not_name_it()
    {
        var edited = Scale(Required, "backend", "1");

        Assert.False(edited.IsChange);
        Assert.Equal(Required, edited.Text);
    }

    [Fact]
    public void A_file_keeps_its_mode_and_a_link_stays_a_link()
    {
        using var directory = new TemporaryDirectory();
        var (file, link) = (Path.Combine(directory.Path, "erp.toml"), Path.Combine(directory.Path, "link.toml"));
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.WriteAllText(file, Required);
        File.SetUnixFileMode(file, Mode);
        File.CreateSymbolicLink(link, file);

        Scale(Required, "backend", "2").WriteTo(link);

        Assert.EndsWith("[scale]\nbackend = 2\n", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(Mode, File.GetUnixFileMode(file));
        Assert.Equal(file, new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void A_change_that_somebody_made_in_the_meantime_is_not_lost()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "erp.toml");
        var edited = Scale(Required, "backend", "2");
        File.WriteAllText(file, Required + "[mail]\n");

        var error = Assert.Throws<InstallerException>(() => edited.WriteTo(file));

        Assert.Equal(ErrorCode.AnswersNotEdited, error.Code);
        Assert.Contains("it was changed while this command ran", error.Message, StringComparison.Ordinal);
        Assert.Equal(Required + "[mail]\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_file_that_went_away_in_the_meantime_is_reported_with_its_path()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "gone", "erp.toml");

        var error = Assert.Throws<InstallerException>(() => Scale(Required, "backend", "2").WriteTo(file));

        Assert.Equal(ErrorCode.AnswersNotEdited, error.Code);
        Assert.StartsWith($"{file}: ", error.Message, StringComparison.Ordinal);
    }

    private static EditedAnswers Scale(string text, string group, string count)
    {
        var answers = AnswersReader.ReadText(text, "erp.toml", Known).Answers;
        return AnswersEditor.Scale(text, answers, "erp.toml", ContainerGroups.Find(group)!, count);
    }
}

using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Composition;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Run;

namespace ErpInstaller.Tests.Answers.Files;

/// <summary>Written answers are read back unchanged.</summary>
public sealed class AnswersWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("erp-installer-secrets-").FullName;

    public static IEnumerable<TheoryDataRow<string>> Accepted => AnswerCases.In("accepted");

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Written_answers_are_read_back_unchanged_and_so_are_the_inputs_of_every_step(string name)
    {
        var before = AnswerCases.Read("accepted", name);
        var answers = TypedSecrets.MoveOut(before.Answers, _folder);

        var after = AnswersReader.ReadText(AnswersWriter.Write(answers), "written.toml", AnswerCases.Known);

        Assert.Equal(AnswersJson.Of(answers), AnswersJson.Of(after.Answers));
        Assert.All(InstallSteps.InOrder(), step =>
            Assert.Equal(Inputs(step, answers, before), Inputs(step, after.Answers, after))
        );
    }

    [Fact]
    public void A_typed_secret_is_moved_to_a_file_that_only_its_owner_can_read()
    {
        var answers = new AnswerFile
        {
            Site = new SiteAnswers
            {
                Name = "erp.example.com",
                AdminPassword = new SecretSource { Literal = "correct-horse" },
            },
        };

        var moved = TypedSecrets.MoveOut(answers, _folder);

        var file = moved.Site.AdminPassword!.File!;
        Assert.Equal("correct-horse", File.ReadAllText(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.DoesNotContain("correct-horse", AnswersWriter.Write(moved), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => AnswersWriter.Write(answers));
    }

    [Theory]
    [InlineData("nomad")]
    [InlineData("registry")]
    [InlineData("admin")]
    public void The_token_of_an_app_never_shares_a_file_with_another_secret(string app)
    {
        static SecretSource Typed(string secret) => new() { Literal = secret };
        var answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com", AdminPassword = Typed("of-the-site") },
            Image = new ImageAnswers { Password = Typed("of-the-registry") },
            Nomad = new NomadAnswers { Token = Typed("of-nomad") },
            Apps = new AppsAnswers
            {
                Override = new Dictionary<string, AppOverride> { [app] = new() { Token = Typed("of-the-app") } },
            },
        };

        var moved = TypedSecrets.MoveOut(answers, _folder);

        Assert.Equal(
            ["of-the-site", "of-the-registry", "of-nomad", "of-the-app"],
            new[]
            {
                moved.Site.AdminPassword,
                moved.Image.Password,
                moved.Nomad.Token,
                moved.Apps.Override[app].Token,
            }.Select(s => File.ReadAllText(s!.File!))
        );
    }

    [Fact]
    public void A_reason_with_quotes_and_backslashes_is_read_back_unchanged()
    {
        const string Reason = """the "lab" host \ 12 GB = "enough" # really""";
        var answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Host = new HostAnswers { Accept = new Dictionary<string, string> { ["memory"] = Reason } },
        };

        var after = AnswersReader.ReadText(AnswersWriter.Write(answers), "written.toml", AnswerCases.Known);

        Assert.Equal(Reason, after.Answers.Host.Accept["memory"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Inputs(IStep step, AnswerFile answers, ReadAnswers read) =>
        step.Inputs(new StepSettings(answers, read.Release)).Fingerprint();
}

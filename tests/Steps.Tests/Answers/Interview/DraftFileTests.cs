using ErpInstaller.Answers;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Toml;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Answers.Interview;

public sealed class DraftFileTests : IDisposable
{
    private readonly StateDirectory _directory = StateDirectory.At(
        Directory.CreateTempSubdirectory("erp-installer-draft-").FullName
    );

    [Fact]
    public void An_unfinished_draft_is_read_back_unchanged()
    {
        var draft = new AnswerFile
        {
            Certificate = new CertificateAnswers { Mode = CertificateMode.Provided },
            Site = new SiteAnswers { Name = "Not Yet", HttpPort = 99999 },
        };

        var file = new DraftFile(_directory);
        file.Write(file.Separate(draft));

        Assert.Equal(AnswersJson.Of(draft), AnswersJson.Of(new DraftFile(_directory).Read()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.Draft));
    }

    [Fact]
    public void A_typed_password_is_kept_in_a_file_next_to_the_draft()
    {
        var file = new DraftFile(_directory);
        var draft = file.Separate(
            new AnswerFile { Site = new SiteAnswers { AdminPassword = new SecretSource { Literal = "CorrectHorse7" } } }
        );

        file.Write(draft);

        Assert.DoesNotContain("CorrectHorse7", File.ReadAllText(_directory.Draft), StringComparison.Ordinal);
        Assert.Equal("CorrectHorse7", File.ReadAllText(draft.Answers.Site.AdminPassword!.File!));
    }

    [Fact]
    public void A_broken_draft_is_not_overwritten()
    {
        File.WriteAllText(_directory.Draft, "[site\n");

        Refusal.Of(ErrorCode.FileUnreadable, () => new DraftFile(_directory).Read());
        Assert.Equal("[site\n", File.ReadAllText(_directory.Draft));
    }

    public void Dispose() => Directory.Delete(_directory.Path, recursive: true);
}

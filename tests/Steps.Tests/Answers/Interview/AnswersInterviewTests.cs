using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Releases;

namespace ErpInstaller.Tests.Answers.Interview;

/// <summary>The interview writes the draft on another thread than the interface.</summary>
public sealed class AnswersInterviewTests : IDisposable
{
    private readonly StateDirectory _directory = StateDirectory.At(
        Directory.CreateTempSubdirectory("erp-installer-interview-").FullName
    );

    private int _told;

    [Fact]
    public void The_draft_of_a_thousand_changes_has_the_last_one()
    {
        var interview = Open();

        for (var port = 1; port <= 1000; port++)
        {
            interview.Type(WithPort(port));
        }

        interview.Flush();
        Assert.Equal(1000, Again().Site.HttpPort);
        Assert.False(interview.NotKept is not null);
    }

    [Fact]
    public void A_typed_secret_is_written_when_its_field_is_left_and_not_before()
    {
        var interview = Open();
        var typed = new AnswerFile
        {
            Site = new SiteAnswers
            {
                Name = "erp.example.com",
                AdminPassword = new SecretSource { Literal = "CorrectHorse7" },
            },
        };

        interview.Type(typed);
        interview.Flush();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));

        interview.Keep();
        Assert.Null(interview.SecretProblem(PasswordOf(interview)));
        interview.Flush();
        Assert.Equal("CorrectHorse7", File.ReadAllText(interview.Answers.Site.AdminPassword!.File!));
        Assert.Equal(interview.Answers.Site.AdminPassword, Again().Site.AdminPassword);
    }

    [Fact]
    public void A_secret_file_with_a_password_that_a_run_would_refuse_is_reported_at_its_question()
    {
        var interview = Open();
        interview.Keep(
            new AnswerFile { Site = new SiteAnswers { AdminPassword = new SecretSource { Literal = "short" } } }
        );
        interview.Flush();

        var problem = interview.SecretProblem(PasswordOf(interview));

        Assert.NotNull(problem);
        Assert.Contains("Administrator: the value in file", problem.Message, StringComparison.Ordinal);
        Assert.Contains("at least 8 characters", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_could_not_be_written_is_written_with_the_next_answers()
    {
        var interview = Open();
        Directory.Move(_directory.Path, _directory.Path + ".away");
        File.WriteAllText(_directory.Path, "");
        interview.Keep(
            new AnswerFile { Site = new SiteAnswers { AdminPassword = new SecretSource { Literal = "CorrectHorse7" } } }
        );
        Assert.False(interview.IsKept());
        Assert.Contains("cannot be written", interview.NotKept!.Message, StringComparison.Ordinal);
        Assert.Equal(1, _told);

        File.Delete(_directory.Path);
        Directory.Move(_directory.Path + ".away", _directory.Path);
        interview.Keep(interview.Answers with { Scale = new ScaleAnswers { Backend = 2 } });
        interview.Flush();

        Assert.Equal("CorrectHorse7", File.ReadAllText(Again().Site.AdminPassword!.File!));
        Assert.Equal(2, Again().Scale.Backend);
        Assert.Null(interview.NotKept);
        Assert.Equal(2, _told);
    }

    [Fact]
    public void The_interview_begins_with_the_draft_then_the_accepted_answers_then_this_hosts_name()
    {
        Assert.Equal(HostName.Proposal(), Begun(null).Site.Name);

        File.WriteAllText(_directory.Answers, AnswersWriter.Write(Named("accepted.example.com")));
        Assert.Equal("accepted.example.com", Begun(null).Site.Name);

        var interview = Open();
        interview.Keep(Named("draft.example.com"));
        interview.Flush();
        Assert.Equal("draft.example.com", Begun(null).Site.Name);
        Assert.Equal("accepted.example.com", Begun(_directory.Answers).Site.Name);
    }

    [Fact]
    public void The_summary_shows_answers_that_no_question_asks_for()
    {
        var interview = Open();
        interview.Keep(
            new AnswerFile
            {
                Deadlines = new DeadlineAnswers { Verification = 99 },
                Host = new HostAnswers { Accept = new Dictionary<string, string> { ["cpu"] = "small on purpose" } },
            }
        );

        Assert.Contains(interview.Summary(), row => row.Value == "99");
        Assert.Contains(("Accepted: cpu", "small on purpose"), interview.Summary());
    }

    public void Dispose() => Directory.Delete(_directory.Path, recursive: true);

    private static AnswerFile Named(string name) => new() { Site = new SiteAnswers { Name = name } };

    private static AnswerFile WithPort(int port) =>
        new()
        {
            Site = new SiteAnswers { Name = "erp.example.com", HttpPort = port },
        };

    private static Question PasswordOf(AnswersInterview interview) =>
        interview.Questionnaire.Pages.SelectMany(p => p.Questions).Single(q => q.Key == "site.admin_password");

    private AnswersInterview Open() =>
        new(_directory, new ReleaseCatalog(new AssetSource()), () => Interlocked.Increment(ref _told));

    private AnswerFile Begun(string? path)
    {
        var interview = Open();
        interview.Begin(path);
        return interview.Answers;
    }

    private AnswerFile Again() => new DraftFile(_directory).Read();
}

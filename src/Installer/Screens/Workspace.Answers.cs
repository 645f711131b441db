using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Run;

namespace ErpInstaller.Screens;

/// <summary>The answers of a session: where they come from, and how they are kept.</summary>
internal sealed partial class Workspace
{
    private Questionnaire? _questionnaire;

    /// <summary>The questions and what is wrong with answers.</summary>
    public Questionnaire Questionnaire => _questionnaire ??= new Questionnaire(Releases);

    /// <summary>Why the answers could not be kept the last time; null when they were. The frame shows it on every screen.</summary>
    public StateDirectoryUnusable? NotKept { get; private set; }

    /// <summary>The site's name; null while it is none that a site can have, as when it is half typed.</summary>
    public string? SiteName => HostName.IsGood(Answers.Site.Name) ? Answers.Site.Name : null;

    /// <summary>Answers were accepted by an earlier run.</summary>
    public bool HasAnswers => Directory.HasAnswers;

    /// <summary>Answers were given and not all carried out.</summary>
    public bool HasDraft => new DraftFile(Directory).Exists;

    /// <summary>Takes what there is: the draft, else the accepted answers, else the defaults with this host's name.</summary>
    /// <param name="answers">An answer file that was named; null when none was.</param>
    /// <exception cref="InstallerException">Something there cannot be read.</exception>
    public void TakeWhatIsThere(string? answers)
    {
        State = new StateFile(Directory).Read();
        Run.Take(State);
        Answers =
            answers is not null ? Read(answers)
            : HasDraft ? new DraftFile(Directory).Read()
            : HasAnswers ? Read(Directory.Answers)
            : new AnswerFile();
        if (!Releases.Names.Contains(Answers.Erpnext.Release))
        {
            Answers = Answers with { Erpnext = new ErpNextAnswers() };
        }

        if (Answers.Site.Name.Length == 0)
        {
            Answers = Answers with { Site = Answers.Site with { Name = HostName.Proposal() } };
        }
    }

    /// <summary>Takes an answer file.</summary>
    /// <exception cref="InstallerException">It cannot be read, or something in it is wrong.</exception>
    public void Load(string path) => Keep(Read(path));

    /// <summary>
    /// Takes changed answers and keeps them as the draft: nothing that was typed is lost with the screen. A full disk ends no
    /// screen: what cannot be kept is taken all the same, and <see cref="NotKept"/> says why.
    /// </summary>
    public void Keep(AnswerFile answers)
    {
        (Answers, NotKept) = (answers, null);
        try
        {
            Answers = new DraftFile(Directory).Write(answers);
        }
        catch (StateDirectoryUnusable e)
        {
            NotKept = e;
        }
    }

    /// <summary>Keeps the answers as they are.</summary>
    public void Keep() => Keep(Answers);

    /// <summary>The answers as an answer file, without those that have no meaning beside the others.</summary>
    public string SettledText() => AnswersWriter.Write(Questionnaire.Settled(Answers));

    /// <summary>Saves the answers as a file for the next host, 0600.</summary>
    /// <exception cref="InstallerException">The file is there already, or cannot be written.</exception>
    public string Save(string path)
    {
        if (File.Exists(path))
        {
            throw new InstallerException(ErrorCode.FileExists, $"{path} is there already", "Give another name.");
        }

        AtomicFile.Write(path, SettledText());
        return path;
    }

    /// <summary>The answers as lines of a summary: all that were asked, of sizes those that were changed, and what a loaded file has beside them.</summary>
    public IEnumerable<(string Label, string Value)> Summary()
    {
        var settled = Questionnaire.Settled(Answers);
        foreach (var page in Questionnaire.Pages)
        {
            foreach (
                var question in page.Questions.Where(q =>
                    q.Applies(settled) && (page.Gate is null || q.Get(settled) != q.Default)
                )
            )
            {
                yield return (question.Label, question.Shown(settled));
            }
        }

        foreach (var (key, value) in Questionnaire.Unasked(settled))
        {
            yield return (key, value);
        }

        foreach (var (check, reason) in settled.Host.Accept)
        {
            yield return ($"Accepted: {check}", reason);
        }
    }

    private AnswerFile Read(string path) => AnswersReader.Read(path, AnswersVocabulary.Of(Releases)).Answers;
}

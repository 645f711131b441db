using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// The interview: the operator's answers so far, their problems, their summary and their draft. Every front end draws
/// it. One thread uses it; another thread writes the draft.
/// </summary>
public sealed class AnswersInterview
{
    private readonly StateDirectory _directory;
    private readonly DraftFile _file;
    private readonly DraftWriter _draft;
    private volatile StateDirectoryUnusable? _notKept;
    private AnswerFile _answers = new();
    private (AnswerFile Of, IReadOnlyList<FileProblem> Problems)? _problems;

    /// <param name="directory">Has the draft and the accepted answers.</param>
    /// <param name="releases">The releases to choose from.</param>
    /// <param name="notKeptChanged">
    /// Called when <see cref="NotKept"/> changes, on another thread; null: the caller uses <see cref="Flush"/>.
    /// </param>
    public AnswersInterview(StateDirectory directory, ReleaseCatalog releases, Action? notKeptChanged = null)
    {
        (_directory, Releases) = (directory, releases);
        Questionnaire = new Questionnaire(releases);
        _file = new DraftFile(directory);
        _draft = new DraftWriter(_file, problem =>
        {
            _notKept = problem;
            notKeptChanged?.Invoke();
        });
    }

    /// <summary>The releases to choose from.</summary>
    public ReleaseCatalog Releases { get; }

    /// <summary>The questions, and the rules for single answers.</summary>
    public Questionnaire Questionnaire { get; }

    /// <summary>The answers so far. They may be incomplete and wrong.</summary>
    public AnswerFile Answers => _answers;

    /// <summary>
    /// The answers without those that have no meaning beside the others, see <see cref="Questionnaire.Settled"/>.
    /// </summary>
    public AnswerFile Settled => Questionnaire.Settled(Answers);

    /// <summary>The settled answers as the text of an answer file.</summary>
    public string SettledText => AnswersWriter.Write(Settled);

    /// <summary>The release of the answers.</summary>
    /// <exception cref="InstallerException">There is none of that name, or its file is wrong.</exception>
    public Release Release => Releases.Load(Answers);

    /// <summary>The site's name; null if no site can have it, for example while it is typed.</summary>
    public string? SiteName => HostName.IsGood(Answers.Site.Name) ? Answers.Site.Name : null;

    /// <summary>Whether there is a draft.</summary>
    public bool HasDraft => _draft.IsBehind || _file.Exists;

    /// <summary>Whether an earlier run accepted answers.</summary>
    /// <exception cref="StateDirectoryUnusable">The state directory belongs to another user.</exception>
    public bool HasAccepted => _directory.HasAnswers;

    /// <summary>Why the draft could not be written the last time; null if it was.</summary>
    public StateDirectoryUnusable? NotKept => _notKept;

    /// <summary>Everything that prevents an installation with the answers, in the order of the file.</summary>
    public IReadOnlyList<FileProblem> Problems
    {
        get
        {
            if (_problems is not { } known || !ReferenceEquals(known.Of, Answers))
            {
                _problems = known = (Answers, Questionnaire.Problems(Answers));
            }

            return known.Problems;
        }
    }

    /// <summary>
    /// Begins with a named answer file, otherwise with the draft, the accepted answers or the defaults. A missing site
    /// name becomes this host's name, and a release that this installer does not know becomes the default one.
    /// </summary>
    /// <param name="path">The named answer file, or null.</param>
    /// <returns>The warnings about the file.</returns>
    /// <exception cref="InstallerException">A file cannot be read, or an answer in it is wrong.</exception>
    public IReadOnlyList<FileProblem> Begin(string? path)
    {
        IReadOnlyList<FileProblem> warnings = [];
        if (path is null && HasDraft)
        {
            _answers = _file.Read();
        }
        else if (path is not null || HasAccepted)
        {
            (_answers, warnings) = Read(path ?? _directory.Answers);
        }

        if (!Releases.Names.Contains(_answers.Erpnext.Release))
        {
            _answers = _answers with { Erpnext = new ErpNextAnswers() };
        }

        if (_answers.Site.Name.Length == 0)
        {
            _answers = _answers with { Site = _answers.Site with { Name = HostName.Proposal() } };
        }

        return warnings;
    }

    /// <summary>Replaces the answers by those of a file.</summary>
    /// <exception cref="InstallerException">It cannot be read, or an answer in it is wrong.</exception>
    public void Load(string path) => Keep(Read(path).Answers);

    /// <summary>The accepted answers of the last run. The interview keeps its own.</summary>
    /// <exception cref="InstallerException">They cannot be read, or an answer in them is wrong.</exception>
    public AnswerFile ReadAccepted() => Read(_directory.Answers).Answers;

    /// <summary>
    /// Whether a run would have other answers than the last one. False if there are no accepted answers, or they cannot
    /// be read.
    /// </summary>
    public bool DiffersFromAccepted
    {
        get
        {
            try
            {
                return HasAccepted && AnswersWriter.Write(Questionnaire.Settled(ReadAccepted())) != SettledText;
            }
            catch (InstallerException)
            {
                return false;
            }
        }
    }

    /// <summary>Goes on with the accepted answers of the last run.</summary>
    /// <exception cref="InstallerException">They cannot be read, or an answer in them is wrong.</exception>
    public void LoadAccepted() => Load(_directory.Answers);

    /// <summary>
    /// Changes the answers while the operator types, and begins to write the draft. A typed secret stays in the answers
    /// until <see cref="Keep()"/>, when the field is left: half a secret is not written.
    /// </summary>
    public void Type(AnswerFile answers)
    {
        _answers = answers;
        _draft.WriteUnlessSecret(answers);
    }

    /// <summary>
    /// Changes the answers and begins to write the draft. Typed secrets leave the answers, which get the paths of their
    /// files. If the draft cannot be written, the answers hold nevertheless and <see cref="NotKept"/> says why.
    /// </summary>
    public void Keep(AnswerFile answers) => _answers = _draft.Write(answers);

    /// <summary>Keeps the answers as they are.</summary>
    public void Keep() => Keep(Answers);

    /// <summary>
    /// Begins to write the settled answers as the draft, for a run that reads them from there. The answers themselves
    /// stay as they are.
    /// </summary>
    public void WriteForRun() => _draft.Write(Settled);

    /// <summary>Waits until the draft is written. Any thread may call it.</summary>
    /// <exception cref="StateDirectoryUnusable">It cannot be written.</exception>
    public void Flush() => _draft.Flush();

    /// <summary>Waits until the draft is written. False if it cannot be, see <see cref="NotKept"/>.</summary>
    public bool IsKept()
    {
        try
        {
            Flush();
            return true;
        }
        catch (StateDirectoryUnusable)
        {
            return false;
        }
    }

    /// <summary>
    /// Waits until typed secrets are in their files. Without a typed secret it does nothing. A secret that cannot be
    /// written is reported by <see cref="NotKept"/> and by the code that needs it.
    /// </summary>
    public void WriteSecrets()
    {
        if (_draft.HasUnwrittenSecrets)
        {
            _ = IsKept();
        }
    }

    /// <summary>
    /// Saves the settled answers as a file for another host, 0600.
    /// </summary>
    /// <param name="replace">Whether a file that exists is replaced.</param>
    /// <exception cref="InstallerException">The file exists, or it cannot be written.</exception>
    public void Save(string path, bool replace = false)
    {
        if (!replace && File.Exists(path))
        {
            throw new InstallerException(ErrorCode.FileExists, $"{path} exists already", "Choose another name.");
        }

        AtomicFile.Write(path, SettledText);
    }

    /// <summary>
    /// Why the secret of a question is not available now, see <see cref="SecretAvailability"/>; null if it is, or if
    /// its file is about to be written.
    /// </summary>
    public SecretUnavailable? SecretProblem(Question question) =>
        question.Source(Answers)?.File is { } path && _draft.IsUnwrittenSecret(path)
            ? null
            : SecretAvailability.Problem(Answers, question);

    /// <summary>
    /// The rows of the review: all answers that were asked for, counts and sizes that were changed, answers of a loaded
    /// file that no question asks for, and accepted checks.
    /// </summary>
    public IEnumerable<(string Label, string Value)> Summary()
    {
        var settled = Settled;
        return
        [
            .. Questionnaire
                .Pages.SelectMany(p => p.Questions.Where(q => p.Gate is null || q.Get(settled) != q.Default))
                .Where(q => q.Applies(settled))
                .Select(q => (q.Label, q.Shown(settled))),
            .. Questionnaire.Unasked(settled),
            .. settled.Host.Accept.Select(a => ($"Accepted: {a.Key}", a.Value)),
        ];
    }

    private (AnswerFile Answers, IReadOnlyList<FileProblem> Warnings) Read(string path)
    {
        var read = AnswersReader.Read(path, AnswersVocabulary.Of(Releases));
        return (read.Answers, read.Warnings);
    }
}

using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Answers.Interview;

/// <summary>
/// Writes the draft on another thread, so that no key waits for the disk. A write begins at once. The next write
/// includes all changes made during the present one. So the file is behind by at most two writes, and a killed
/// process loses only the changes made in that time.
/// </summary>
/// <param name="problemChanged">
/// Receives the problem when writing begins to fail, and null when it succeeds again. Called on the writer's thread.
/// </param>
internal sealed class DraftWriter(DraftFile file, Action<StateDirectoryUnusable?> problemChanged)
{
    private readonly Lock _gate = new();
    private SeparatedAnswers? _unwritten;
    private SeparatedAnswers? _failed;
    private StateDirectoryUnusable? _problem;
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;

    /// <summary>Begins to write the answers.</summary>
    /// <returns>The answers as the draft holds them: each typed secret is replaced by the path of its file.</returns>
    public AnswerFile Write(AnswerFile answers) => Write(file.Separate(answers));

    /// <summary>The same, but writes nothing if the answers hold a typed secret.</summary>
    public void WriteUnlessSecret(AnswerFile answers)
    {
        var draft = file.Separate(answers);
        if (draft.Secrets.Count == 0)
        {
            Write(draft);
        }
    }

    /// <summary>Whether the latest answers are not in the file yet.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _unwritten is not null;
            }
        }
    }

    /// <summary>Whether there are typed secrets that are not in their files yet.</summary>
    public bool HasUnwrittenSecrets
    {
        get
        {
            lock (_gate)
            {
                return _unwritten?.Secrets.Count > 0;
            }
        }
    }

    /// <summary>Whether the secret for this file is not written yet.</summary>
    public bool IsUnwrittenSecret(string path)
    {
        lock (_gate)
        {
            return _unwritten?.Secrets.ContainsKey(path) == true;
        }
    }

    /// <summary>Waits until everything is written, and retries after a failure.</summary>
    /// <exception cref="StateDirectoryUnusable">It cannot be written.</exception>
    public void Flush()
    {
        Task writing;
        lock (_gate)
        {
            _failed = null;
            Begin();
            writing = _writing;
        }

        writing.GetAwaiter().GetResult();
        lock (_gate)
        {
            if (_problem is not null)
            {
                throw _problem;
            }
        }
    }

    private AnswerFile Write(SeparatedAnswers draft)
    {
        lock (_gate)
        {
            // Later answers contain only the path of a secret's file, so an unwritten secret must be kept here.
            var secrets = new Dictionary<string, string>(_unwritten?.Secrets ?? draft.Secrets);
            foreach (var (path, secret) in draft.Secrets)
            {
                secrets[path] = secret;
            }

            _unwritten = new SeparatedAnswers(draft.Answers, secrets);
            Begin();
        }

        return draft.Answers;
    }

    private void Begin()
    {
        if (!_isWriting)
        {
            _isWriting = true;
            _writing = Task.Run(WriteAll);
        }
    }

    private void WriteAll()
    {
        while (Next() is { } draft)
        {
            StateDirectoryUnusable? problem = null;
            try
            {
                file.Write(draft);
            }
            catch (StateDirectoryUnusable e)
            {
                problem = e;
            }

            if (IsProblemChanged(draft, problem))
            {
                problemChanged(problem);
            }
        }
    }

    // A draft that could not be written waits for the next change or for Flush.
    private SeparatedAnswers? Next()
    {
        lock (_gate)
        {
            var next = ReferenceEquals(_unwritten, _failed) ? null : _unwritten;
            _isWriting = next is not null;
            return next;
        }
    }

    private bool IsProblemChanged(SeparatedAnswers draft, StateDirectoryUnusable? problem)
    {
        lock (_gate)
        {
            if (problem is not null)
            {
                _failed = draft;
            }
            else if (ReferenceEquals(_unwritten, draft))
            {
                (_unwritten, _failed) = (null, null);
            }

            var isChanged = problem?.Message != _problem?.Message;
            _problem = problem;
            return isChanged;
        }
    }
}

using System.Text;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Text;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.Following;

/// <summary>
/// Follows the output of the init job's tasks while they run. After their end it can be too late: while the disk is
/// more than 80 % full, Nomad removes an ended allocation and its log within milliseconds.
/// </summary>
internal sealed class InitLog : IAsyncDisposable
{
    /// <summary>In the state directory: the last lines of the newest init job that was followed.</summary>
    public const string FileName = "init.log";

    private const int LinesKept = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly StepContext _context;
    private readonly TaskOutput _output;
    private readonly InitProgress _progress;
    private readonly List<(string, double?)> _works = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<InitLine> _lines = [];
    private readonly Dictionary<string, FollowedTask> _tasks = [];
    private readonly List<FollowedTask> _followed = [];
    private readonly HashSet<string> _told = [];
    private TaskCompletionSource _changed = NewSignal();
    private string? _allocation;

    public InitLog(StepContext context, Job job)
    {
        (_context, _output) = (context, new TaskOutput(context.World.Nomad, context.World.Docker));
        var apps = job.Groups[0].Tasks.Select(t => t.Env.GetValueOrDefault("APPS")).OfType<string>().FirstOrDefault()
            ?? "erpnext";
        _progress = new InitProgress(apps.Split(' '));
    }

    /// <summary>Ends when there is something new to <see cref="Take"/>.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
            {
                return _changed.Task;
            }
        }
    }

    private string File => _context.Directory.In(FileName);

    /// <summary>Whether the script has reported its present work.</summary>
    public bool HasProgress
    {
        get
        {
            lock (_gate)
            {
                return _progress.Doing is not null;
            }
        }
    }

    /// <summary>
    /// The works since the last call, in the script's own words, with the progress from 0 to 1. Several may arrive in
    /// one piece of the log, and each is worth a line.
    /// </summary>
    public IReadOnlyList<(string Doing, double? Ratio)> Take()
    {
        lock (_gate)
        {
            if (_changed.Task.IsCompleted)
            {
                _changed = NewSignal();
            }

            (string, double?)[] works = [.. _works];
            _works.Clear();
            return works;
        }
    }

    /// <summary>Follows the started tasks of an allocation. Call it after each query of the allocation.</summary>
    public void Watch(NomadAllocation allocation)
    {
        if (allocation.ID != _allocation)
        {
            _allocation = allocation.ID;
            _tasks.Clear();
        }

        foreach (var (name, state) in allocation.TaskStates ?? [])
        {
            if (state.State == "pending")
            {
                continue;
            }

            if (!_tasks.TryGetValue(name, out var task))
            {
                _tasks[name] = task = new FollowedTask();
                _followed.Add(task);
                task.Streams = Task.WhenAll(
                    FollowAsync(allocation.ID, name, "stdout", task),
                    FollowAsync(allocation.ID, name, "stderr", task)
                );
            }

            if (state.State == "dead")
            {
                task.Ended.Cancel();
            }
        }
    }

    /// <summary>Waits until the whole output of the tasks is read. All of them have ended.</summary>
    public Task ReadToEndAsync(CancellationToken stop) =>
        Task.WhenAll(_tasks.Values.Select(t => t.Streams)).WaitAsync(stop);

    /// <summary>The output of an ended task, up to its end if Nomad still has it.</summary>
    public async Task<TaskLog> ReadAsync(NomadAllocation allocation, string task, CancellationToken stop)
    {
        Watch(allocation);
        var followed = _tasks.GetValueOrDefault(task);
        if (followed is not null)
        {
            // Nomad does not know whether the tasks of a lost node have ended.
            await followed.Ended.CancelAsync();
            await followed.Streams.WaitAsync(stop);
        }

        lock (_gate)
        {
            List<InitLine> lines = [.. _lines.Where(l => l.Task == task)];
            return new TaskLog([.. lines.Select(l => l.Text)])
            {
                Errors = [.. lines.Where(l => l.IsError).Select(l => l.Text)],
                Missing = followed?.Missing?.Message,
                MissingHint = followed?.Missing?.Hint,
                Doing = _progress.Doing,
                File = _lines.Count > 0 ? File : null,
            };
        }
    }

    /// <summary>Stops following, and keeps the last lines in <c>init.log</c> of the state directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_followed.Select(t => t.Streams));
        _followed.ForEach(t => t.Ended.Dispose());
        _stop.Dispose();
        if (_lines.Count > 0)
        {
            WriteFile();
        }
    }

    // A full disk on this host must not hide why the job failed.
    private void WriteFile()
    {
        try
        {
            AtomicFile.Write(File, string.Concat(_lines.Select(l => $"{l.Told}\n")));
        }
        catch (StateDirectoryUnusable e)
        {
            _context.Report.Log(e.Message, LogLevel.Warning);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Follows while the task runs, then reads the rest, which may be removed already.
    private async Task FollowAsync(string allocation, string name, string type, FollowedTask task)
    {
        // A chunk may end inside a character.
        var (read, decoder, lines) = (0L, Encoding.UTF8.GetDecoder(), new LineBuffer(line => Keep(name, type, line)));
        void Take(byte[] piece)
        {
            read += piece.Length;
            task.WasRead = true;
            var text = new char[Encoding.UTF8.GetMaxCharCount(piece.Length)];
            lines.Add(new string(text, 0, decoder.GetChars(piece, text, flush: false)));
        }

        while (!_stop.IsCancellationRequested)
        {
            var follow = !task.Ended.IsCancellationRequested;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(
                _stop.Token,
                follow ? task.Ended.Token : CancellationToken.None
            );
            if (await TryReadAsync(allocation, name, type, read, follow, Take, task, either.Token) || !follow)
            {
                break;
            }

            await PauseAsync(either.Token);
        }

        lines.End();
    }

    // True if no more output follows.
    private async Task<bool> TryReadAsync(
        string allocation,
        string name,
        string type,
        long from,
        bool follow,
        Action<byte[]> take,
        FollowedTask task,
        CancellationToken stop
    )
    {
        try
        {
            await _output.ReadAsync(allocation, name, type, from, follow, take, stop);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (NomadLogMissing e) when (e.Absence == NomadLogAbsence.NotStarted)
        {
            return false;
        }
        catch (NomadLogMissing e) when (task.WasRead && e.Absence != NomadLogAbsence.NotStarted)
        {
            // The log was followed until its removal, or the container's output until the container's removal.
            return true;
        }
        catch (InstallerException e) when (e is NomadLogMissing or NomadDenied)
        {
            Tell(e, task);
            return true;
        }
        catch (NomadUnreachable) when (follow)
        {
            return false;
        }
        catch (NomadUnreachable e)
        {
            Tell(e, task);
            return true;
        }
    }

    private void Tell(InstallerException why, FollowedTask task)
    {
        lock (_gate)
        {
            task.Missing = why;
            if (!_told.Add(why.Message))
            {
                return;
            }
        }

        _context.Report.Log(
            $"{why.Message}. The installation continues without this task's output. {why.Hint}",
            LogLevel.Warning
        );
    }

    private void Keep(string task, string type, string line)
    {
        var text = TerminalText.Clean(_context.Secrets.Redact(line)).TrimEnd();
        if (text.Length == 0)
        {
            return;
        }

        var kept = new InitLine(task, type == "stderr", text);
        lock (_gate)
        {
            _lines.Enqueue(kept);
            if (_lines.Count > LinesKept)
            {
                _lines.Dequeue();
            }

            if (_progress.Take(text))
            {
                _works.Add((_progress.Doing!, _progress.Ratio));
                _changed.TrySetResult();
            }
        }

        _context.Report.Log(kept.Told, LogLevel.Output);
    }

    // The clock of a test may stand still at the end of the run.
    private async Task PauseAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(Pause, _context.World.Time, stop);
        }
        catch (OperationCanceledException)
        {
            // The task or the run ended, so the rest is read at once.
        }
    }

    private sealed record InitLine(string Task, bool IsError, string Text)
    {
        // Our own scripts begin a line with their name.
        public string Told => Text.StartsWith($"{Task}: ", StringComparison.Ordinal) ? Text : $"{Task}: {Text}";
    }

    private sealed class FollowedTask
    {
        public CancellationTokenSource Ended { get; } = new();

        public Task Streams { get; set; } = Task.CompletedTask;

        // A part of it was read, so its content is known even after its removal.
        public bool WasRead { get; set; }

        public InstallerException? Missing { get; set; }
    }
}

using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Containers;

/// <summary>A part of a group's logs.</summary>
/// <param name="Lines">How many lines of the past, at most; null: as many as there are.</param>
/// <param name="Since">No line that was written before; null: no limit.</param>
public sealed record LogRequest(int? Lines, DateTimeOffset? Since);

/// <summary>A line that a container wrote, as it wrote it, without the secrets that the installer knows.</summary>
/// <param name="Source">The container, where there are several; otherwise empty.</param>
/// <param name="IsError">It was written to stderr.</param>
public sealed record LogLine(string Source, bool IsError, string Text);

/// <summary>Reads the logs of a group of containers, from both streams of each.</summary>
public sealed class ContainerLogs(Installation installation)
{
    private const int Window = 128 * 1024;
    private const int WindowGrowth = 4;

    // What is written while Nomad does not answer.
    private const int LongestOutage = 1024 * 1024;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private static readonly string[] Types = ["stdout", "stderr"];

    private readonly NomadClient _nomad = installation.World.Nomad;
    private readonly ContainerFinder _finder = new(installation);

    /// <summary>
    /// Reads what was written so far: by the containers that run, or else by the last ones that did. Lines of several
    /// logs are in the order of their times.
    /// </summary>
    /// <exception cref="InstallerException">There is no container, or no log can be read.</exception>
    public async Task<IReadOnlyList<LogLine>> ReadAsync(
        ContainerGroup group,
        LogRequest request,
        CancellationToken cancellation
    )
    {
        var containers = Shown(await _finder.ListAsync(group, cancellation));
        if (containers.Count == 0)
        {
            throw ContainerErrors.NotThere(group, _finder.JobOf(group));
        }

        var lines = new List<(DateTimeOffset Time, LogLine Line)>();
        foreach (var container in containers)
        {
            foreach (var type in Types)
            {
                var source = SourceOf(container, containers);
                lines.AddRange(
                    (await TailAsync(container, type, request, cancellation)).Select(l =>
                        (l.Time, LineOf(source, type, l.Text))
                    )
                );
            }
        }

        // OrderBy keeps the order of lines with the same time.
        var ordered = lines.OrderBy(l => l.Time).Select(l => l.Line);
        return [.. request.Lines is { } count ? ordered.TakeLast(count) : ordered];
    }

    /// <summary>
    /// Reads what was written so far, and then each line when it is written. When Nomad replaces a container, it goes
    /// on with the new one. When Nomad does not answer any more, it waits and goes on where it was. It ends when the
    /// containers of the init job have ended, otherwise never.
    /// </summary>
    /// <param name="take">Receives each line, one at a time.</param>
    /// <param name="say">Told that Nomad does not answer any more.</param>
    public async Task FollowAsync(
        ContainerGroup group,
        LogRequest request,
        Action<LogLine> take,
        Action<string> say,
        CancellationToken cancellation
    )
    {
        var outage = new LogOutage(installation.World.Time, say);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var gate = new Lock();
        var followed = new Dictionary<(string Allocation, string Task), Followed>();
        void Take(LogLine line)
        {
            lock (gate)
            {
                take(line);
            }
        }

        try
        {
            long? index = null;
            while (true)
            {
                var known = index;
                var asking = outage.AskAsync(
                    () => _nomad.GetAllocationsAsync(_finder.JobOf(group), known, ended.Token),
                    ended.Token
                );
                await FirstAsync(asking, followed.Values.Select(f => f.Reading));
                var answer = await asking;
                index = answer.Index;
                var containers = Shown(ContainerFinder.ContainersOf(group, answer.Value));
                if (followed.Count == 0 && containers.Count == 0 && answer.Value is not { Count: > 0 })
                {
                    throw ContainerErrors.NotThere(group, _finder.JobOf(group));
                }

                foreach (var container in containers.Where(HasStarted))
                {
                    var key = (container.Allocation.ID, container.Task);
                    if (!followed.TryGetValue(key, out var follower))
                    {
                        var source = SourceOf(container, containers);
                        followed[key] = follower = new Followed(ended.Token);
                        follower.Reading = FollowAsync(container, source, request, follower, outage, Take);
                    }

                    follower.HasEnded = container.Allocation.IsTerminal;
                }

                foreach (var gone in followed.Keys.Where(k => containers.All(c => c.Allocation.ID != k.Allocation)))
                {
                    followed[gone].HasEnded = true;
                }

                if (group.Job == JobRole.Init && followed.Count > 0 && followed.Values.All(f => f.HasEnded))
                {
                    await Task.WhenAll(followed.Values.Select(f => f.Reading));
                    return;
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(followed.Values.Select(f => f.Reading.ContinueWith(_ => { }, TaskScheduler.Default)));
            foreach (var follower in followed.Values)
            {
                follower.Dispose();
            }
        }
    }

    // No front end shows a password that a program wrote.
    private LogLine LineOf(string source, string type, string text) =>
        new(source, type == "stderr", installation.Secrets.Redact(text));

    private static bool HasStarted(Container container) =>
        container.Allocation.TaskStates?.GetValueOrDefault(container.Task)?.State is "running" or "dead";

    // Throws when a reader fails before Nomad answers.
    private static async Task FirstAsync(Task asking, IEnumerable<Task> readers)
    {
        var open = readers.Where(r => !r.IsCompletedSuccessfully).ToList();
        while (await Task.WhenAny([asking, .. open]) is var first && first != asking)
        {
            await first;
            open.Remove(first);
        }
    }

    // The containers that run; if there are none, the newest that did.
    private static List<Container> Shown(IReadOnlyList<Container> containers)
    {
        var open = containers.Where(c => !c.Allocation.IsTerminal).ToList();
        return open.Count > 0 || containers.Count == 0
            ? open
            : [.. containers.Where(c => c.Allocation.ID == containers[^1].Allocation.ID)];
    }

    private static string SourceOf(Container container, List<Container> all) =>
        container.Group.Tasks.Count > 1 ? container.Task
        : all.Count > 1 ? FormattableString.Invariant($"{container.Group.Name}.{container.Number}")
        : "";

    private async Task FollowAsync(
        Container container,
        string source,
        LogRequest request,
        Followed follower,
        LogOutage outage,
        Action<LogLine> take
    )
    {
        async Task FollowStreamAsync(string type)
        {
            var past = await outage.AskAsync(() => PastAsync(container, type, request, follower.Token), follower.Token);
            var lines = new LogLines((text, _) => take(LineOf(source, type, text)), isCut: past is not null);
            var place = new LogPlace();
            void Hear(byte[] piece)
            {
                outage.End();
                follower.Heard();
                place.Add(piece);
                lines.Add(piece);
            }

            var (allocation, task) = (container.Allocation.ID, container.Task);

            // One byte more: the line before ends with it.
            Task BeginAsync() =>
                past is { } bytes
                    ? _nomad.ReadLogEndAsync(allocation, task, type, bytes + 1, follow: true, Hear, follower.Token)
                    : _nomad.ReadLogAsync(allocation, task, type, offset: 0, follow: true, Hear, follower.Token);

            while (true)
            {
                try
                {
                    await (place.IsBegin ? BeginAsync() : ResumeAsync(container, type, place, Hear, follower.Token));

                    // Nomad ends no stream of a log, unless its agent ends or the log is removed.
                    await Task.Delay(Quiet, installation.World.Time, follower.Token);
                }
                catch (InstallerException e) when (outage.IsPassing(e))
                {
                    await outage.WaitAsync(e.Message, follower.Token);
                }
            }
        }

        try
        {
            await Task.WhenAll(Types.Select(FollowStreamAsync));
        }
        catch (OperationCanceledException) when (follower.HasEnded)
        {
            // All of it was read.
        }
        catch (NomadLogMissing e) when (e.Absence != NomadLogAbsence.NotKept)
        {
            // It ended, and its client has removed it.
        }
    }

    // Goes on behind the bytes that were read last. What the container wrote meanwhile is there too.
    private async Task ResumeAsync(
        Container container,
        string type,
        LogPlace place,
        Action<byte[]> hear,
        CancellationToken cancellation
    )
    {
        var missed = new MemoryStream();
        byte[]? after = null;
        void Take(byte[] piece)
        {
            if (after is not null)
            {
                hear(piece);
                return;
            }

            missed.Write(piece);
            after = place.After(missed.ToArray());

            // It is not in what Nomad still has: all of that is new.
            after ??= missed.Length >= LongestOutage ? missed.ToArray() : null;
            if (after is { Length: > 0 })
            {
                hear(after);
            }
        }

        var (allocation, task) = (container.Allocation.ID, container.Task);
        await _nomad.ReadLogEndAsync(allocation, task, type, LongestOutage, follow: true, Take, cancellation);
    }

    // How many bytes at the end of the log the request asks for; null: all.
    private async Task<long?> PastAsync(
        Container container,
        string type,
        LogRequest request,
        CancellationToken cancellation
    )
    {
        var tail = await ReadTailAsync(container, type, request, cancellation);
        var wanted = tail.Lines.Where(l => request.Since is not { } since || l.Time >= since).ToList();
        if (request.Lines is { } count)
        {
            wanted = [.. wanted.TakeLast(count)];
        }

        return tail.IsWhole && wanted.Count == tail.Lines.Count ? null : wanted.Sum(l => (long)l.Size);
    }

    private async Task<IEnumerable<TimedLine>> TailAsync(
        Container container,
        string type,
        LogRequest request,
        CancellationToken cancellation
    )
    {
        try
        {
            var tail = await ReadTailAsync(container, type, request, cancellation);
            return tail.Lines.Where(l => request.Since is not { } since || l.Time >= since);
        }
        catch (NomadLogMissing e) when (e.Absence == NomadLogAbsence.NotStarted)
        {
            return [];
        }
    }

    // Reads more and more of the end, until it has what is asked for.
    private async Task<LogTail> ReadTailAsync(
        Container container,
        string type,
        LogRequest request,
        CancellationToken cancellation
    )
    {
        for (long window = Window; ; window *= WindowGrowth)
        {
            using var bytes = new MemoryStream();
            await _nomad.ReadLogEndAsync(
                container.Allocation.ID,
                container.Task,
                type,
                window,
                follow: false,
                piece => bytes.Write(piece),
                cancellation
            );
            var tail = LogTail.Of(bytes.ToArray(), isWhole: bytes.Length < window);
            var suffices =
                request.Lines <= tail.Lines.Count || (tail.Lines.Count > 0 && tail.Lines[0].Time < request.Since);
            if (tail.IsWhole || suffices)
            {
                return tail;
            }
        }
    }

    /// <summary>A line with its time, or with that of the line before it.</summary>
    private sealed record TimedLine(DateTimeOffset Time, string Text, int Size);

    /// <summary>The end of a log.</summary>
    private sealed record LogTail(IReadOnlyList<TimedLine> Lines, bool IsWhole)
    {
        public static LogTail Of(byte[] bytes, bool isWhole)
        {
            var lines = new List<TimedLine>();
            var time = DateTimeOffset.MinValue;
            var reader = new LogLines(
                (text, size) =>
                {
                    time = LogTime.Find(text) ?? time;
                    lines.Add(new TimedLine(time, text, size));
                },
                isCut: !isWhole
            );
            reader.Add(bytes);
            reader.End();

            // Lines before the first time are as old as it, as far as is known. Without any time all of them count.
            var first = lines.Find(l => l.Time > DateTimeOffset.MinValue)?.Time;
            return new LogTail(
                [
                    .. lines.Select(l =>
                        l.Time > DateTimeOffset.MinValue ? l : l with { Time = first ?? DateTimeOffset.MaxValue }
                    ),
                ],
                isWhole
            );
        }
    }

    /// <summary>A container whose log is followed.</summary>
    private sealed class Followed(CancellationToken stop) : IDisposable
    {
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        private volatile bool _hasEnded;

        public Task Reading { get; set; } = Task.CompletedTask;

        public CancellationToken Token => _stop.Token;

        /// <summary>
        /// It writes no more. Nomad never ends the stream of a log, so it counts as read when nothing more comes.
        /// </summary>
        public bool HasEnded
        {
            get => _hasEnded;
            set
            {
                if (value && !_hasEnded)
                {
                    _hasEnded = true;
                    Heard();
                }
            }
        }

        public void Heard()
        {
            if (_hasEnded)
            {
                _stop.CancelAfter(Quiet);
            }
        }

        public void Dispose() => _stop.Dispose();
    }
}

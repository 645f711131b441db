using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Site;
using ErpInstaller.Run;
using ErpInstaller.Verification;

namespace ErpInstaller.Live;

/// <summary>
/// Reads how a running installation is. It changes nothing, takes no lock, and ends within seconds, whatever does not
/// answer. One reader serves a whole session: it remembers the last look.
/// </summary>
public sealed class LiveReader
{
    private static readonly TimeSpan SitePatience = TimeSpan.FromSeconds(5);

    // Queues and files change slowly, and each look starts a program in a container.
    private static readonly TimeSpan InsideEvery = TimeSpan.FromSeconds(15);

    private readonly Installation _installation;
    private readonly StepContext _context;
    private readonly ContainerReader _containers;
    private readonly InsideReader _inside;
    private readonly DatabaseDiskReader _databaseDisk;
    private Slow? _slow;

    /// <summary>How long Nomad and the containers may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Reads nothing yet.</summary>
    public LiveReader(Installation installation)
    {
        _installation = installation;
        _context = installation.ContextOf(StepId.Verification);
        _containers = new ContainerReader(_context);
        _inside = new InsideReader(_context);
        _databaseDisk = new DatabaseDiskReader(_context);
    }

    /// <summary>The exit code of a look: 7 if the site does not answer, 4 if something else is down, else 0.</summary>
    public static ExitCode ExitCodeOf(LiveStatus status) =>
        status.Answer.Level == LiveLevel.Down ? ExitCode.VerificationFailed
        : status.Level == LiveLevel.Down ? ExitCode.StepFailed
        : ExitCode.Done;

    private TimeProvider Time => _context.World.Time;

    /// <summary>Reads it now.</summary>
    public async Task<LiveStatus> ReadAsync(CancellationToken cancellation)
    {
        var kept = _slow is { } last && !IsDue(last.At) ? last.Kept : Keep();
        var site = SiteAsync(kept.Address, cancellation);
        var name = NameAsync(kept.Address, cancellation);
        var (containers, fault) = await WithinAsync(Patience, "Nomad", _containers.ReadAsync, cancellation);
        var slow = await SlowAsync(containers ?? [], kept, cancellation);
        var inside = slow.Inside;
        var (answer, certificate) = await site;
        return Judged(
            new LiveStatus(_context.Answers.Site.Name, _context.Release.Version, LiveLevel.Well)
            {
                At = Time.GetUtcNow(),
                Containers = containers ?? [],
                Answer = answer,
                Certificate = certificate,
                Name = await name,
                Scheduler = SchedulerOf(inside),
                Queues = [.. (inside.Queues ?? []).OfType<InsideQueue>().Select(QueueOf).Select(Judgement.Of)],
                Workers = WorkersOf(inside),
                Backup = BackupOf(inside, kept),
                Disks = [.. DisksOf(slow).Select(Judgement.Of)],
                Apps = Judgement.Of(kept.Apps),
                Missing = [.. Missing(fault, slow)],
            },
            isNomadSilent: containers is null
        );
    }

    // Texts come from Nomad, the engine and the site's directory.
    private static LiveStatus Judged(LiveStatus status, bool isNomadSilent)
    {
        var level = isNomadSilent ? LiveLevel.Down : status.Values.Max(v => v.Level);
        return (LiveStatus)(status with { Level = level }).WithTexts(TerminalText.Clean);
    }

    private bool IsDue(long at) => Time.GetElapsedTime(at) >= InsideEvery;

    private async Task<(LiveAnswer, LiveCertificate?)> SiteAsync(string address, CancellationToken cancellation)
    {
        var ping = SiteChecks.Request(_context.Answers, address, SiteChecks.Ping);
        var asked = new LiveAnswer(ping.Url);
        var began = Time.GetTimestamp();
        var (answer, silence) = await WithinAsync(
            SitePatience,
            "the site",
            stop => _context.World.Site.GetAsync(ping, stop),
            cancellation
        );
        return answer is null
            ? (Judgement.Of(asked, silence), null)
            : (
                Judgement.Of(
                    asked with
                    {
                        Status = answer.Status,
                        Seconds = Time.GetElapsedTime(began).TotalSeconds,
                    },
                    FaultOf(answer)
                ),
                CertificateOf(answer)
            );
    }

    private static string? FaultOf(SiteAnswer answer) =>
        answer is { Status: 503, HasRetryAfter: true }
            ? "the maintenance page: the database changes, or a restore or an update did not finish"
            : SiteChecks.Pong(answer);

    private LiveCertificate? CertificateOf(SiteAnswer answer) =>
        answer.Expires is { } expires
            ? Judgement.Of(new LiveCertificate(expires, (expires - Time.GetUtcNow()).TotalDays))
            : null;

    private async Task<LiveName> NameAsync(string address, CancellationToken cancellation)
    {
        var found = await _context.World.Site.ResolveAsync(_context.Answers.Site.Name, cancellation);
        var name = new LiveName([.. found.Select(a => a.ToString())]);
        return SiteNames.Warning(found, _context.Answers, address) is { } why ? Judgement.Warns(name, why, "") : name;
    }

    private async Task<Slow> SlowAsync(
        IReadOnlyList<LiveContainer> containers,
        Kept kept,
        CancellationToken cancellation
    )
    {
        if (_slow is { } last && !IsDue(last.At))
        {
            return last;
        }

        var disk = WithinAsync(
            Patience,
            "the container",
            stop => _databaseDisk.ReadAsync(containers, stop),
            cancellation
        );
        var (inside, fault) = await WithinAsync(
            Patience,
            "the container",
            stop => _inside.ReadAsync(containers, Inside.Parts, InsideJson.Default.Inside, stop),
            cancellation
        );
        var (database, silence) = await disk;
        _slow = new Slow(
            Time.GetTimestamp(),
            inside ?? new Inside { Fault = fault },
            database ?? new DatabaseDisk(null, silence),
            kept
        );
        return _slow;
    }

    private static IEnumerable<LiveDisk> DisksOf(Slow slow)
    {
        if (slow.Inside.Disk is { } sites)
        {
            yield return new LiveDisk(LiveDisk.OfSites, sites.Free, sites.Size);
        }

        if (slow.Database.Disk is { } database)
        {
            yield return database;
        }
    }

    private static LiveScheduler SchedulerOf(Inside inside) =>
        Judgement.Of(
            inside.Scheduler is { } read
                ? new LiveScheduler { Enabled = read.Off is null, LastJobSeconds = read.Seconds }
                : new LiveScheduler(),
            inside.Scheduler?.Off
        );

    private static LiveQueue QueueOf(InsideQueue queue) =>
        new(queue.Name, queue.Length, queue.Running, queue.Failed, queue.Abandoned)
        {
            OldestSeconds = queue.OldestSeconds,
        };

    private LiveWorkers WorkersOf(Inside inside) =>
        Judgement.Of(
            new LiveWorkers(_context.Answers.Scale.QueueShort + _context.Answers.Scale.QueueLong)
            {
                Count = inside.Workers?.Count,
                Busy = inside.Workers?.Busy,
            }
        );

    // The site's directory knows every backup, the state directory those that were made from here.
    private LiveBackup BackupOf(Inside inside, Kept kept)
    {
        var recorded = inside.Backup is { } last
            ? new LiveBackup
            {
                Id = last.Id,
                Time = last.At,
                By = last.By,
            }
            : new LiveBackup();
        var newest = kept.Backup.Time > recorded.Time || recorded.Time is null ? kept.Backup : recorded;
        return Judgement.Of(
            newest with
            {
                AgeSeconds = newest.Time is { } time ? Math.Max(0, (Time.GetUtcNow() - time).TotalSeconds) : null,
            },
            _context.Answers.Backup.Schedule is not null
        );
    }

    private IEnumerable<string> Missing(string? nomad, Slow slow)
    {
        var inside = slow.Inside;
        if (nomad is not null)
        {
            yield return $"containers: {nomad}";
        }

        if (_containers.LacksUsage)
        {
            yield return "CPU and memory: Nomad's client publishes none, and the Docker engine of this host does not "
                + "have the containers. In the client's configuration: telemetry { publish_allocation_metrics = true }";
        }

        if (inside.Fault is { } fault)
        {
            yield return $"queues, workers, scheduler, disk of the sites: {fault}";
        }

        if (slow.Database.Fault is { } unread)
        {
            yield return $"disk of the database: {unread}";
        }

        foreach (var (part, why) in inside.Errors)
        {
            yield return $"{part}: {why}";
        }
    }

    // From files only, and together with the look inside.
    private Kept Keep()
    {
        try
        {
            var state = new StateFile(_installation.Directory).Read();
            var backup = new StateFile(_installation.Directory, Operation.BackupId).Read().Of(StepId.Backup);
            var address = state.Of(StepId.Deployment).Outputs.GetValueOrDefault("address");
            return new Kept(
                string.IsNullOrEmpty(address) ? Loopback : address,
                AppsOf(state),
                backup is { Status: StepStatus.Done, Finished: { } at }
                    ? new LiveBackup
                    {
                        Id = backup.Outputs.GetValueOrDefault("snapshot"),
                        Time = at,
                        By = "hand",
                    }
                    : new LiveBackup()
            );
        }
        catch (InstallerException e)
        {
            return new Kept(Loopback, Judgement.Unknown(new LiveApps(0, null, []), e.Message), new LiveBackup());
        }
    }

    private LiveApps AppsOf(InstallState state)
    {
        var apps = AppsLockFile.Read(_installation.Directory.AppsLock);
        var accepted = new AcceptedAnswers(_installation.Directory, _installation.Assets);
        var changed = new Staleness(_installation.Settings, state, accepted).ChangedSteps(_installation.Steps);
        return new LiveApps(apps?.Apps.Count ?? 0, apps?.ResolvedAt, changed);
    }

    private const string Loopback = "127.0.0.1";

    // A null result comes with its reason.
    private async Task<(T? Result, string? Fault)> WithinAsync<T>(
        TimeSpan patience,
        string who,
        Func<CancellationToken, Task<T>> read,
        CancellationToken cancellation
    )
        where T : class
    {
        using var deadline = new CancellationTokenSource(patience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            return (await read(either.Token), null);
        }
        catch (InstallerException e)
        {
            return (null, e.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, FormattableString.Invariant($"{who} did not answer within {patience.TotalSeconds:0} s"));
        }
    }

    // What is read less often than the rest.
    private sealed record Slow(long At, Inside Inside, DatabaseDisk Database, Kept Kept);

    private sealed record Kept(string Address, LiveApps Apps, LiveBackup Backup);
}

using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Certificate;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.HostChecks;
using ErpInstaller.Live;
using ErpInstaller.Run;
using ErpInstaller.Verification;

namespace ErpInstaller.Doctor;

/// <summary>
/// Reads the facts. It changes nothing, takes no lock, and each part has its own time limit: a part that does not
/// answer leaves the others as they are.
/// </summary>
internal sealed class DoctorReader(Installation installation)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(90);

    private readonly AnswerFile _answers = installation.Settings.Answers;
    private readonly StepContext _context = installation.ContextOf(StepId.Verification);

    /// <summary>Reads them now.</summary>
    public async Task<DoctorFacts> ReadAsync(CancellationToken cancellation)
    {
        var nomad = TryAsync(NomadAsync, e => new NomadFacts { Fault = e }, Patience, cancellation);
        var host = TryAsync(HostAsync, e => new HostLooks { Fault = e }, LongPatience, cancellation);
        var drift = TryAsync(DriftAsync, e => new DriftFacts { Fault = e }, LongPatience, cancellation);
        var served = TryAsync(ServedAsync, _ => null, Patience, cancellation);
        var live = await new LiveReader(installation) { Patience = Patience }.ReadAsync(cancellation);
        return new DoctorFacts
        {
            Time = _context.World.Time.GetUtcNow(),
            Live = live,
            Inside = await InsideAsync(live, cancellation),
            Nomad = await nomad,
            Host = await host,
            Drift = await drift,
            Served = await served,
            Runs = ReadRuns(),
        };
    }

    // Containers that are not known may well run.
    private async Task<InsideFacts> InsideAsync(LiveStatus live, CancellationToken cancellation) =>
        live is { Containers.Count: 0, Missing: [var why, ..] }
            ? new InsideFacts { Fault = why }
            : await TryAsync(
                stop =>
                    new InsideReader(_context).ReadAsync(
                        live.Containers,
                        InsideFacts.Parts,
                        DoctorJson.Default.InsideFacts,
                        stop
                    ),
                e => new InsideFacts { Fault = e },
                Patience,
                cancellation
            );

    private static async Task<T> TryAsync<T>(
        Func<CancellationToken, Task<T>> read,
        Func<string, T> without,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            return await Task.Run(() => read(limit.Token), limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return without($"no answer within {patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is InstallerException or IOException or UnauthorizedAccessException)
        {
            return without(e.Message);
        }
    }

    private async Task<NomadFacts> NomadAsync(CancellationToken cancellation)
    {
        var job = _answers.Nomad.Job;
        List<(string Path, string Item)> wanted =
        [
            (VariablePaths.Database(job), VariablePaths.RootPassword),
            (VariablePaths.Init(job), VariablePaths.RootPassword),
            (VariablePaths.Init(job), VariablePaths.AdminPassword),
        ];
        if (_answers.Backup.Schedule is not null)
        {
            wanted.Add((VariablePaths.Schedule(job), VariablePaths.RepositoryPassword));
        }

        var missing = new List<string>();
        foreach (var (path, item) in wanted)
        {
            var found = await _context.World.Nomad.FindVariableAsync(path, cancellation);
            if (found?.Items.ContainsKey(item) != true)
            {
                missing.Add($"{path}: {item}");
            }
        }

        return new NomadFacts
        {
            MissingSecrets = missing,
            HasSchedule = _answers.Backup.Schedule is null
                ? null
                : await _context.World.Nomad.FindJobAsync(new JobIds(job).Schedule, cancellation) is not null,
            ScheduleFault = await new ScheduledRuns(_context).FindFaultAsync([], cancellation),
        };
    }

    private async Task<HostLooks> HostAsync(CancellationToken cancellation)
    {
        var quiet = installation.Quietly(_ => { });
        var report = await HostChecksStep.CheckAsync(quiet.ContextOf(new HostChecksStep()), cancellation);
        return new HostLooks { Rows = [.. report.Rows.Select(r => new HostRow(r.Id, r.Verdict, r.Found, r.Needed))] };
    }

    private async Task<DriftFacts> DriftAsync(CancellationToken cancellation)
    {
        var steps = new List<DriftStep>();
        var quiet = installation.Quietly(happened =>
        {
            if (happened is StepPlanned planned)
            {
                steps.Add(
                    new DriftStep(
                        planned.Step,
                        planned.InPlace || (planned.Changes.Count == 0 && planned.Step == StepId.HostChecks),
                        planned.Summary,
                        [.. planned.Changes.Select(c => $"{c.Subject}: {c.Why}")]
                    )
                );
            }
        });
        try
        {
            await new Planner(quiet) { KeepsShown = false }.PlanAsync(cancellation);
            return new DriftFacts { Steps = steps };
        }
        catch (InstallerException e)
        {
            return new DriftFacts { Steps = steps, Fault = e.Message };
        }
    }

    private async Task<ServedFacts?> ServedAsync(CancellationToken cancellation)
    {
        var state = new StateFile(installation.Directory).Read();
        var address = state.Of(StepId.Deployment).Outputs.GetValueOrDefault("address");
        if (!_answers.Certificate.Mode.ServesTls() || string.IsNullOrEmpty(address))
        {
            return null;
        }

        var answer = await _context.World.Site.GetAsync(
            SiteChecks.Request(_answers, address, SiteChecks.Ping),
            cancellation
        );
        var given = CertificateFiles.Find(installation.Directory, installation.Secrets, out _)?.Leaf.Fingerprint;
        return new ServedFacts(
            answer.Fingerprint,
            given,
            answer.Trusted,
            _answers.Certificate.Mode == CertificateMode.SelfSigned
        );
    }

    private RunFacts ReadRuns()
    {
        var install = new StateFile(installation.Directory).Read();
        var failed = install.Steps.FirstOrDefault(s => s.Value.Status is StepStatus.Failed or StepStatus.Interrupted);
        var unfinished = UnfinishedOperation.Find(installation.Directory);
        return new RunFacts
        {
            Unfinished = unfinished?.What,
            ContinuedBy = unfinished?.Command,
            Failed = failed.Key,
            FailedWith = failed.Value?.Message ?? failed.Value?.Status.ToString().ToLowerInvariant(),
            BackupChecked = Ended(Operation.BackupId, StepId.BackupCheck),
            Restored = Ended(Operation.RestoreId, StepId.Restore),
            LogBytes = Directory.Exists(installation.Directory.Path)
                ? Directory.EnumerateFiles(installation.Directory.Path, "*.log").Sum(p => new FileInfo(p).Length)
                : 0,
        };
    }

    private DateTimeOffset? Ended(string operation, string step) =>
        new StateFile(installation.Directory, operation).Read().Of(step)
            is { Status: StepStatus.Done, Finished: { } at }
            ? at
            : null;
}

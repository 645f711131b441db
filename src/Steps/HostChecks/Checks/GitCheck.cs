using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Secrets;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Git;
using ErpInstaller.Outside.Host;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>git is installed, and the repository of each chosen app answers.</summary>
internal sealed class GitCheck : HostCheck<GitFact>
{
    private const int AtOnce = 6;
    private static readonly TimeSpan TimeoutEach = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public override string Id => CheckId.Git;

    /// <inheritdoc/>
    public override TimeSpan Timeout => TimeSpan.FromSeconds(75);

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) =>
        answers.Image.Source == ImageSource.Existing
            ? "git, to pin the apps of the image"
            : "git, and every app's repository";

    /// <inheritdoc/>
    public override async Task<GitFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        string version;
        try
        {
            version = await probe.Host.AskProgramAsync("git", ["--version"], cancellation);
        }
        catch (ProgramUnavailable)
        {
            return new GitFact(Version: null, []);
        }

        var apps = AppSelection.Repositories(probe.Answers.Apps, probe.Context.Release).DistinctBy(a => a.Url).ToList();
        var readings = new RepositoryReading[apps.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, apps.Count, options, async (i, stop) =>
            readings[i] = await ReadAsync(apps[i], probe, stop)
        );
        return new GitFact(version, readings);
    }

    /// <inheritdoc/>
    public override Verdict Judge(GitFact fact, AnswerFile answers)
    {
        if (fact.Version is null)
        {
            return new Verdict(VerdictKind.Fail, "git is not installed", Needed(answers), "apt-get install git");
        }

        var silent = fact.Repositories.Where(r => r.Problem is not null).ToList();
        return silent.Count == 0
            ? new Verdict(
                VerdictKind.Pass,
                $"{fact.Version}, {fact.Repositories.Count} repositories answer",
                Needed(answers)
            )
            : new Verdict(
                VerdictKind.Fail,
                $"{silent.Count} of {fact.Repositories.Count} repositories do not answer: {Describe(silent)}",
                Needed(answers),
                silent[0].Hint ?? $"git ls-remote {silent[0].Url}"
            );
    }

    /// <inheritdoc/>
    protected override string HintWhenUnknown(AnswerFile answers) => "git ls-remote https://github.com/frappe/erpnext";

    private static string Describe(List<RepositoryReading> silent) =>
        silent[0].Problem + (silent.Count == 1 ? "" : $"; also {string.Join(", ", silent.Skip(1).Select(r => r.Url))}");

    private static async Task<RepositoryReading> ReadAsync(
        ChosenApp app,
        HostProbe probe,
        CancellationToken cancellation
    )
    {
        var url = app.Url;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await AppRepository
                .ListRefsAsync(app, probe.Answers, probe.Context.World, probe.Context.Secrets, deadline.Token)
                .WaitAsync(TimeoutEach, probe.Time, cancellation);
            return new RepositoryReading(url);
        }
        catch (InstallerException e) when (e is RepositoryUnreachable or SecretUnavailable)
        {
            return new RepositoryReading(url, e.Message, e.Hint);
        }
        catch (TimeoutException)
        {
            await deadline.CancelAsync();
            return new RepositoryReading(url, $"{url}: no answer within {TimeoutEach.TotalSeconds:0} s");
        }
    }
}

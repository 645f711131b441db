using System.Security.Cryptography;
using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Releases;
using ErpInstaller.Run;
using ErpInstaller.Tests.Certificate;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Updating;

/// <summary>
/// A site that runs with the product's three jobs, and is updated in the order of the deployment step: the init job
/// first; where it asks for that, the application stopped; then the application's groups one allocation at a time.
/// </summary>
internal sealed class ServedSite : IAsyncDisposable
{
    public const string Site = "erp.example.com";

    // nginx keeps the addresses of the backends for a second. Nomad waits longer before it replaces the next one.
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(2);

    private readonly DockerNode _node;
    private readonly string _thumbprint;
    private readonly Dictionary<string, List<string>> _running = [];
    private readonly StepSettings _settings;
    private JobSet<Job> _served = null!;

    public ServedSite(int backends)
    {
        var answers = JobCases.Default with { Scale = new ScaleAnswers { Backend = backends } };
        _settings = new StepSettings(answers, new ReleaseCatalog(new AssetSource()).Load(answers.Erpnext.Release));
        using var certificate = Issued.Alone(
            new Issued.Wish { From = DateTimeOffset.UtcNow.AddDays(-1), To = DateTimeOffset.UtcNow.AddDays(1) }
        );
        _thumbprint = Convert.ToHexString(SHA256.HashData(certificate.Der));
        _node = new DockerNode(
            DockerEnvironment.Require(),
            new Dictionary<string, string>
            {
                ["db_root_password"] = "RootSecret4711",
                ["admin_password"] = "AdminSecret0815",
                ["certificate"] = certificate.Pem,
                ["key"] = certificate.KeyPem,
            }
        );
    }

    /// <summary>The first installation.</summary>
    public async Task InstallAsync(string image, params string[] apps)
    {
        await _node.CreateNetworkAsync();
        _served = Jobs(image, apps, stopped: true);
        foreach (var group in _served.Data.Groups)
        {
            await _node.StartAsync(group);
        }

        (await _node.RunOnceAsync(_served.Init.Groups[0])).Succeeded();
        await StartApplicationAsync();
    }

    /// <summary>
    /// Changes image and apps. Returns the result of the init job's last run.
    /// </summary>
    public async Task<ProgramRun> UpdateAsync(string image, string[] apps, string environment = "")
    {
        var init = await _node.RunOnceAsync(Jobs(image, apps, stopped: false).Init.Groups[0]);
        if (init.ExitCode == InitJob.MustStop)
        {
            await CloseAsync();
            await StopApplicationAsync();
            init = await _node.RunOnceAsync(Jobs(image, apps, stopped: true).Init.Groups[0], environment);
            if (init.ExitCode == InitJob.NothingChanged)
            {
                await StartApplicationAsync();
                await OpenAsync();
            }
        }

        if (init.ExitCode == 0)
        {
            _served = Jobs(image, apps, stopped: false);
            await ReplaceApplicationAsync();
            await OpenAsync();
        }

        return init;
    }

    /// <summary>Asks the site from now on.</summary>
    public async Task<SitePoll> PollAsync(params string[] paths)
    {
        var address = await _node.AddressAsync(_running[ContainerGroups.Frontend.Group].Single());
        var poll = new SitePoll(address, Site, _thumbprint, paths);
        await poll.WaitAsync(4);
        return poll;
    }

    public async ValueTask DisposeAsync()
    {
        await _node.RemoveAsync();
        _node.Dispose();
    }

    private JobSet<Job> Jobs(string image, string[] apps, bool stopped) =>
        ErpNextJobs.Build(
            _settings,
            new JobInputs
            {
                Node = JobCases.Node,
                Namespace = "default",
                Image = image,
                FrontendImage = "frappe/erpnext:v15.75.1",
                Apps = ["erpnext", .. apps],
                Trusted = false,
                IsApplicationStopped = stopped,
            },
            new AssetSource()
        );

    // The groups that visitors use. Workers and scheduler are not among them.
    private IEnumerable<JobGroup> Groups =>
        _served.Application.Groups.Where(g =>
            g.Name == ContainerGroups.Backend.Group || g.Name == ContainerGroups.Frontend.Group
        );

    private async Task StartApplicationAsync()
    {
        foreach (var group in Groups.Where(g => !_running.ContainsKey(g.Name)))
        {
            _running[group.Name] = [];
            for (var i = 0; i < group.Count; i++)
            {
                _running[group.Name].Add(await StartAsync(group));
            }
        }
    }

    // As update.py closes the site. After a killed change it is still closed.
    private async Task CloseAsync()
    {
        if (_running.TryGetValue(ContainerGroups.Backend.Group, out var backends))
        {
            (await _node.BashAsync(backends[0], $"touch sites/{Site}/.installer/held")).Succeeded();
        }
    }

    private async Task OpenAsync() =>
        (
            await _node.BashAsync(
                _running[ContainerGroups.Backend.Group][0],
                $"cd sites/{Site}/.installer && rm -f held && {{ [[ -e changing ]] || rm -f maintenance; }}"
            )
        ).Succeeded();

    private async Task StopApplicationAsync()
    {
        foreach (var name in _running.Keys.Where(n => n != ContainerGroups.Frontend.Group).ToList())
        {
            foreach (var container in _running[name])
            {
                await _node.StopAsync(container);
            }

            _running.Remove(name);
        }
    }

    // The frontend stays: an app changes nothing in it, as the golden files of the jobs show.
    private async Task ReplaceApplicationAsync()
    {
        await StartApplicationAsync();
        foreach (var group in Groups.Where(g => g.Name != ContainerGroups.Frontend.Group))
        {
            foreach (var old in _running[group.Name].ToList())
            {
                await _node.StopAsync(old);
                _running[group.Name].Remove(old);
                _running[group.Name].Add(await StartAsync(group));
                await Task.Delay(Healthy, TestContext.Current.CancellationToken);
            }
        }
    }

    // As long as it takes to answer: Nomad waits for that, too, before it replaces the next one.
    private async Task<string> StartAsync(JobGroup group)
    {
        var container = await _node.StartAsync(group);
        var port = group.Name == ContainerGroups.Frontend.Group ? NginxConfiguration.HttpsPort : 8000;
        (
            await _node.BashAsync(
                container,
                $"""
                for i in {"{1..300}"}; do (exec 3<>/dev/tcp/127.0.0.1/{port}) 2>/dev/null && exit; sleep 0.1; done
                exit 1
                """
            )
        ).Succeeded();
        return container;
    }
}

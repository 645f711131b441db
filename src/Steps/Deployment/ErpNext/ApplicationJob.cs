using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The job that serves: five groups of the one image with all apps, and the frontend.</summary>
internal sealed class ApplicationJob(StepSettings settings, JobInputs inputs, AssetSource assets)
{
    /// <summary>The group that users reach. The others use the database.</summary>
    public const string FrontendGroup = "frontend";

    /// <summary>The group that answers requests.</summary>
    public const string BackendGroup = "backend";

    private readonly AnswerFile _answers = settings.Answers;
    private readonly string _job = settings.Answers.Nomad.Job;
    private readonly Topology _topology = Topology.Of(settings, inputs);

    private bool BehindTraefik => _answers.Certificate.Mode == CertificateMode.LetsEncrypt;

    private bool ServesTls => _answers.Certificate.Mode.ServesTls();

    private bool IsSingle => _answers.Nomad.Topology == NomadTopology.Single;

    public Job Build()
    {
        var (resources, scale) = (_answers.Resources, _answers.Scale);
        var job = ErpNextJobs.NewJob(
            _job,
            "service",
            inputs,
            _topology,
            [
                _topology.Reached(Backends(scale.Backend, Backend(resources.Backend)), BackendGroup, 8000),
                _topology.Reached(Group("websocket", 1, WebSocket(resources.Websocket)), "websocket", 9000),
                _topology.Entry(Frontend(resources.Frontend)),
                // Two schedulers would run every scheduled job twice.
                Group("scheduler", 1, Bench("scheduler", resources.Scheduler, "schedule")),
                Group(
                    "queue-short",
                    scale.QueueShort,
                    Bench("queue-short", resources.QueueShort, "worker", "--queue", "short,default")
                ),
                Group(
                    "queue-long",
                    scale.QueueLong,
                    Bench("queue-long", resources.QueueLong, "worker", "--queue", "long,default,short")
                ),
            ]
        );
        return job with { Spreads = _topology.Spreads };
    }

    private JobGroup Group(string name, int count, JobTask task) =>
        _topology.Bench(
            new JobGroup
            {
                Name = name,
                Count = count,
                Tasks = [task],
            },
            _job,
            TemplateChange.Restart
        );

    private JobGroup Backends(int count, JobTask task) =>
        Group(BackendGroup, count, task with { ShutdownDelay = JobPolicies.BackendShutdownDelay }) with
        {
            Canaries = inputs.BackendCanaries,
        };

    private JobTask Bench(string name, ContainerResources resources, params string[] arguments) =>
        Python(name, resources, []) with
        {
            Command = "bench",
            Args = arguments,
        };

    // gunicorn believes X-Forwarded-Proto of 127.0.0.1 only. Without it Frappe takes each request for plain HTTP: no Secure
    // in cookies. Only our nginx reaches this port, and it says what it saw itself.
    private JobTask Backend(ContainerResources resources) =>
        Python(BackendGroup, resources, new() { ["FORWARDED_ALLOW_IPS"] = "*" });

    // The image has no compiled Python files. A container keeps its own in the allocation, so that a restart loads Frappe
    // in a third of the time (measured: the site answers after 3.4 s instead of 6.5 s).
    private JobTask Python(string name, ContainerResources resources, Dictionary<string, string> environment) =>
        Container(name, resources) with
        {
            Env = new Dictionary<string, string>(environment) { ["PYTHONPYCACHEPREFIX"] = "/local/pycache" },
        };

    // Its sign-in calls the site by its public name, and knows the public authorities only. That this host trusts a company's
    // own authority says nothing about the container.
    private JobTask WebSocket(ContainerResources resources)
    {
        var task = Container("websocket", resources) with
        {
            Command = "node",
            Args = [$"{BenchPaths.Directory}/apps/frappe/socketio.js"],
        };

        // Behind a proxy of one's own it calls the frontend by its alias, in a cluster by the node, see nginx.conf.
        if (_answers.Certificate.Mode == CertificateMode.None && !IsSingle && inputs.Node.Address is { } address)
        {
            task = task with { ExtraHosts = [$"{_answers.Site.Name}:{address}"] };
        }

        return !ServesTls
            ? task
            : task with
            {
                Env = new Dictionary<string, string> { ["NODE_EXTRA_CA_CERTS"] = "/local/site.crt" },
                Templates =
                [
                    Certificate(VariablePaths.Application(_job), TemplateChange.Restart) with
                    {
                        Destination = "local/site.crt",
                        Mode = "0444",
                    },
                ],
            };
    }

    private JobGroup Frontend(ContainerResources resources)
    {
        var configuration = new JobTemplate(
            NginxConfiguration.Render(assets, _answers, inputs.Trusted),
            "local/nginx.conf",
            "0444",
            BenchPaths.User,
            TemplateChange.Reload
        );
        var task = Container(FrontendGroup, resources) with
        {
            Image = inputs.FrontendImage,
            Command = "nginx",
            Args = ["-c", "/local/nginx.conf", "-g", "daemon off;"],
            Ports = ServesTls ? ["http", "https"] : ["http"],
            Aliases = !BehindTraefik && !ServesTls && IsSingle ? [NginxConfiguration.Alias] : [],
            Templates = [configuration, .. CertificateFiles()],
        };
        var group = new JobGroup
        {
            Name = FrontendGroup,
            Tasks = [task],
            Ports = Ports(),
            Services = Services(),
        };
        return !CertificateVolume.IsWanted(_answers)
            ? group
            : group with
            {
                Tasks =
                [
                    task with
                    {
                        VolumeMounts = [new JobVolumeMount("certificate", CertificateVolume.Directory, ReadOnly: true)],
                    },
                ],
                Volumes = [new JobVolume("certificate", CertificateVolume.NameOf(_job), ReadOnly: true)],
            };
    }

    private JobTemplate[] CertificateFiles()
    {
        var chain = Certificate(VariablePaths.Frontend(_job), TemplateChange.Reload);
        return !ServesTls ? []
            // nginx reads the volume's file. Of a change of that one Nomad knows nothing: the chain's copy tells nginx.
            : CertificateVolume.IsWanted(_answers) ? [chain with { Destination = "local/site.crt", Mode = "0444" }]
            :
            [
                chain,
                ErpNextJobs.Secret(
                    VariablePaths.Frontend(_job),
                    VariablePaths.Key,
                    "site.key",
                    BenchPaths.User,
                    TemplateChange.Reload
                ),
            ];
    }

    private static JobTemplate Certificate(string variable, TemplateChange onChange) =>
        ErpNextJobs.Secret(variable, VariablePaths.Certificate, "site.crt", BenchPaths.User, onChange);

    private JobPort[] Ports()
    {
        var http = new JobPort(
            "http",
            BehindTraefik ? null : _answers.Site.HttpPort,
            NginxConfiguration.HttpPortOf(_answers)
        );
        return ServesTls ? [http, new JobPort("https", _answers.Site.HttpsPort, NginxConfiguration.HttpsPort)] : [http];
    }

    private JobService[] Services() =>
        BehindTraefik
            ?
            [
                new JobService(
                    _job,
                    "http",
                    [
                        "traefik.enable=true",
                        $"traefik.http.routers.{_job}.rule=Host(`{_answers.Site.Name}`)",
                        $"traefik.http.routers.{_job}.entrypoints=websecure",
                        $"traefik.http.routers.{_job}.tls.certresolver={_answers.Certificate.Resolver}",
                    ]
                ),
            ]
            : [];

    private JobTask Container(string name, ContainerResources resources) =>
        new()
        {
            Name = name,
            Image = inputs.Image,
            Mhz = inputs.ToMhz(resources.Cpu),
            Memory = resources.Memory,
        };
}

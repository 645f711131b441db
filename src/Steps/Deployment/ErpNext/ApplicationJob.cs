using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>The job that serves the site: the groups that run the image with all apps, and the frontend.</summary>
internal sealed class ApplicationJob(StepSettings settings, JobInputs inputs, AssetSource assets)
{
    /// <summary>
    /// Key in the meta of the backend's group: the apps of the site, in order. The init job has them too, but Nomad
    /// forgets a job some hours after it ended.
    /// </summary>
    public const string AppsKey = "apps";

    private readonly AnswerFile _answers = settings.Answers;
    private readonly string _job = settings.Answers.Nomad.Job;
    private readonly Topology _topology = Topology.Of(settings, inputs);

    private bool BehindTraefik => _answers.Certificate.Mode == CertificateMode.LetsEncrypt;

    private bool ServesTls => _answers.Certificate.Mode.ServesTls();

    private bool IsSingle => _answers.Nomad.Topology == NomadTopology.Single;

    public Job Build() =>
        ErpNextJobs.NewJob(_job, inputs, _topology, [.. ContainerGroups.Of(JobRole.Application).Select(Group)]) with
        {
            Spreads = _topology.Spreads,
        };

    private JobGroup Group(ContainerGroup group)
    {
        if (group == ContainerGroups.Frontend)
        {
            return _topology.Entry(Frontend());
        }

        var made = new JobGroup
        {
            Name = group.Group,
            Count = group.CountIn(_answers),
            Canaries = group == ContainerGroups.Backend ? inputs.BackendCanaries : 0,
            Meta = group == ContainerGroups.Backend ? Apps : new Dictionary<string, string>(),
            Tasks = [Task(group)],
        };
        var bench = _topology.Bench(made, _job, TemplateChange.Restart);
        return group.Port is { } port ? _topology.Reached(bench, port) : bench;
    }

    private Dictionary<string, string> Apps => new() { [AppsKey] = string.Join(' ', inputs.Apps) };

    private JobTask Task(ContainerGroup group) =>
        group == ContainerGroups.Websocket ? WebSocket()
        : group == ContainerGroups.Backend ? Backend()
        : Python(group, []);

    // By default gunicorn trusts X-Forwarded-Proto from 127.0.0.1 only. Frappe would take each request for plain HTTP
    // and set cookies without Secure. Only our nginx reaches this port, and it sets the header itself.
    private JobTask Backend() =>
        Python(ContainerGroups.Backend, new() { ["FORWARDED_ALLOW_IPS"] = "*" }) with
        {
            ShutdownDelay = JobPolicies.BackendShutdownDelay,
        };

    // The image has no compiled Python files. A container keeps its own in the allocation, so that a restart loads
    // Frappe in a third of the time (measured: the site answers after 3.4 s instead of 6.5 s).
    private JobTask Python(ContainerGroup group, Dictionary<string, string> environment) =>
        Container(group) with
        {
            Env = new Dictionary<string, string>(environment) { ["PYTHONPYCACHEPREFIX"] = "/local/pycache" },
        };

    // The sign-in of the realtime server calls the site by its public name. The container trusts the public CAs only,
    // even if this host also trusts a company's own CA.
    private JobTask WebSocket()
    {
        var task = Container(ContainerGroups.Websocket) with
        {
            Command = "node",
            Args = [$"{BenchPaths.Directory}/apps/frappe/socketio.js"],
        };

        // Behind the operator's proxy it calls the frontend by its alias, in a cluster through the node: see
        // nginx.conf.
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

    private JobGroup Frontend()
    {
        var configuration = new JobTemplate(
            NginxConfiguration.Render(assets, _answers, inputs.Trusted),
            "local/nginx.conf",
            "0444",
            BenchPaths.User,
            TemplateChange.Reload
        );
        var task = Container(ContainerGroups.Frontend) with
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
            Name = ContainerGroups.Frontend.Group,
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
            // nginx reads the volume's file, whose changes Nomad does not see. A change of the copy reloads nginx.
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

    private JobTask Container(ContainerGroup group) => inputs.Container(group, group.Tasks[0], inputs.Image, _answers);
}

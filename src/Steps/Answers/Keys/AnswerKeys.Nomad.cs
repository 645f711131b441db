namespace ErpInstaller.Answers.Keys;

/// <summary>The tables <c>[nomad]</c> and <c>[resources]</c>.</summary>
internal static partial class AnswerKeys
{
    private const int LeastCpu = 100;
    private const int MostCpu = 256_000;
    private const int LeastMemory = 64;
    private const int MostMemory = 1_048_576;

    private static TableKey Nomad =>
        new(
            "nomad",
            "Which Nomad runs it. What is absent is taken from the NOMAD_* variables.",
            [
                new TextKey(
                    "address",
                    "Address of Nomad's HTTP API. Absent: NOMAD_ADDR, else http://127.0.0.1:4646.",
                    TextRules.HttpAddress
                )
                {
                    Value = a => a.Nomad.Address,
                },
                new SecretKey("token", "ACL token. Absent: NOMAD_TOKEN.", TextRules.AnySecret, "NOMAD_TOKEN")
                {
                    Value = a => a.Nomad.Token,
                },
                new TextKey(
                    "namespace",
                    "Namespace of the jobs. Absent: NOMAD_NAMESPACE, else default.",
                    TextRules.Namespace
                )
                {
                    Value = a => a.Nomad.Namespace,
                },
                new TextKey("region", "Region. Absent: NOMAD_REGION, else the agent's own.", TextRules.Region)
                {
                    Value = a => a.Nomad.Region,
                },
                new ChoiceKey(
                    "topology",
                    "single: all on one node. cluster: on several, see [cluster].",
                    ChoiceConverter<NomadTopology>.Names
                )
                {
                    Value = a => a.Nomad.Topology,
                },
                new TextKey(
                    "job",
                    "Name of the application's job; the others are NAME-data, NAME-init and NAME-verify.",
                    TextRules.JobName
                )
                {
                    Value = a => a.Nomad.Job,
                },
                new TextKey(
                    "node",
                    "Node of everything, or of a cluster's ports: name or id. Empty: the node this host is.",
                    TextRules.Node
                )
                {
                    Value = a => a.Nomad.Node,
                    MayBeEmpty = true,
                },
                new TextKey(
                    "ca_certificate",
                    "CA certificate as a PEM file, for https. Absent: NOMAD_CACERT.",
                    TextRules.AbsolutePath
                )
                {
                    Value = a => a.Nomad.CaCertificate,
                },
                new TextKey(
                    "client_certificate",
                    "Client certificate as a PEM file. Absent: NOMAD_CLIENT_CERT.",
                    TextRules.AbsolutePath
                )
                {
                    Value = a => a.Nomad.ClientCertificate,
                },
                new TextKey("client_key", "Client key as a PEM file. Absent: NOMAD_CLIENT_KEY.", TextRules.AbsolutePath)
                {
                    Value = a => a.Nomad.ClientKey,
                },
                new TextKey(
                    "tls_server_name",
                    "Name expected in the agent's certificate. Absent: NOMAD_TLS_SERVER_NAME, else the address's host.",
                    TextRules.HostName
                )
                {
                    Value = a => a.Nomad.TlsServerName,
                },
            ]
        );

    private static TableKey Resources =>
        new(
            "resources",
            "What one container of each group gets.",
            [
                Group("database", "MariaDB.", r => r.Database),
                Group("redis_cache", "Redis that may forget.", r => r.RedisCache),
                Group("redis_queue", "Redis that holds the background jobs.", r => r.RedisQueue),
                Group("redis_socketio", "Redis of the realtime messages.", r => r.RedisSocketio),
                Group("init", "The two containers that prepare the site, each.", r => r.Init),
                Group("backend", "Gunicorn with all apps.", r => r.Backend),
                Group("websocket", "Node.js with socket.io.", r => r.Websocket),
                Group("frontend", "nginx.", r => r.Frontend),
                Group("scheduler", "The scheduler.", r => r.Scheduler),
                Group("queue_short", "Worker of quick jobs.", r => r.QueueShort),
                Group("queue_long", "Worker of long jobs.", r => r.QueueLong),
            ]
        );

    private static TableKey Group(string name, string summary, Func<ResourcesAnswers, ContainerResources> of) =>
        new(
            name,
            summary,
            [
                new NumberKey("cpu", "CPU reserved for one container, in millicores.", LeastCpu, MostCpu)
                {
                    Value = a => of(a.Resources).Cpu,
                },
                new NumberKey("memory", "Memory of one container, in MiB; a hard limit.", LeastMemory, MostMemory)
                {
                    Value = a => of(a.Resources).Memory,
                },
            ]
        );
}

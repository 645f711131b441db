using ErpInstaller.Core.Ids;

namespace ErpInstaller.Answers.Interview;

/// <summary>Questions about image and Nomad.</summary>
internal static partial class QuestionPages
{
    private static QuestionPage Image =>
        new(
            "image",
            StepId.Image,
            "The Docker image",
            "One image holds ERPNext with all apps. It is built here in half an hour to two hours, or somebody built it before. With a registry other nodes can have it too.",
            [
                Of("image.source", "Image", (a, t) =>
                    a with
                    {
                        Image = a.Image with { Source = AnswerText.Choice<ImageSource>(t) },
                    }
                ) with
                {
                    Choices = _ =>
                        [
                            new("build", "Built here from the release and the apps."),
                            new("existing", "Somebody built it; it is looked into before it is used."),
                        ],
                },
                Of("image.reference", "Reference", (a, t) =>
                    a with
                    {
                        Image = a.Image with { Reference = AnswerText.Optional(t) },
                    }
                ) with
                {
                    Applies = a => !IsBuilt(a),
                },
                Of("image.name", "Image name", (a, t) => a with { Image = a.Image with { Name = t } }) with
                {
                    Applies = IsBuilt,
                },
                Of("image.builder", "Builder", (a, t) =>
                    a with
                    {
                        Image = a.Image with { Builder = AnswerText.Choice<ImageBuilder>(t) },
                    }
                ) with
                {
                    Applies = IsBuilt,
                    Choices = _ =>
                        [
                            new("auto", "buildx where it works."),
                            new("buildx", "Docker's BuildKit."),
                            new("engine", "The Docker engine's own builder."),
                        ],
                },
                Of("nomad.topology", "Runs on", (a, t) =>
                    a with
                    {
                        Nomad = a.Nomad with { Topology = AnswerText.Choice<NomadTopology>(t) },
                    }
                ) with
                {
                    Choices = _ =>
                        [
                            new("single", "On one node. Where that is this host, the image can stay here."),
                            new("cluster", "On several nodes, which pull the image from a registry."),
                        ],
                },
                Of("image.registry", "Registry", (a, t) => a with { Image = a.Image with { Registry = t } }) with
                {
                    Applies = IsBuilt,
                    WhenAbsent = "none: the image stays here",
                },
                Of("image.username", "User at the registry", (a, t) =>
                    a with
                    {
                        Image = a.Image with { Username = AnswerText.Optional(t) },
                    }
                ) with
                {
                    Applies = a => !IsBuilt(a) || a.Image.Registry.Length > 0,
                    WhenAbsent = "as Docker is logged in",
                },
                Of("image.password", "Password there", (a, t) =>
                    a with
                    {
                        Image = a.Image with { Password = AnswerText.Secret(t) },
                    }
                ) with
                {
                    Applies = a => a.Image.Username is not null && (!IsBuilt(a) || a.Image.Registry.Length > 0),
                },
            ]
        );

    private static QuestionPage Nomad =>
        new(
            "nomad",
            StepId.Deployment,
            "Nomad",
            "What is left out here is taken from the environment: NOMAD_ADDR, NOMAD_TOKEN and the others. The node runs everything, or of a cluster publishes the site's ports; without a name it is this host.",
            [
                Of("nomad.address", "Nomad address", (a, t) =>
                    a with
                    {
                        Nomad = a.Nomad with { Address = AnswerText.Optional(t) },
                    }
                ) with
                {
                    WhenAbsent = "NOMAD_ADDR, else this host",
                },
                Of("nomad.ca_certificate", "CA certificate", (a, t) =>
                    a with
                    {
                        Nomad = a.Nomad with { CaCertificate = AnswerText.Optional(t) },
                    }
                ) with
                {
                    Applies = IsTls,
                    WhenAbsent = "NOMAD_CACERT",
                },
                Of("nomad.client_certificate", "Client certificate", (a, t) =>
                    a with
                    {
                        Nomad = a.Nomad with { ClientCertificate = AnswerText.Optional(t) },
                    }
                ) with
                {
                    Applies = IsTls,
                    WhenAbsent = "NOMAD_CLIENT_CERT",
                },
                Of("nomad.client_key", "Client key", (a, t) =>
                    a with
                    {
                        Nomad = a.Nomad with { ClientKey = AnswerText.Optional(t) },
                    }
                ) with
                {
                    Applies = a => IsTls(a) && a.Nomad.ClientCertificate is not null,
                },
                Of("nomad.tls_server_name", "TLS server name", (a, t) =>
                    a with
                    {
                        Nomad = a.Nomad with { TlsServerName = AnswerText.Optional(t) },
                    }
                ) with
                {
                    Applies = IsTls,
                    WhenAbsent = "the address's host",
                },
                Of("nomad.token", "Nomad ACL token", (a, t) =>
                    a with
                    {
                        Nomad = a.Nomad with { Token = AnswerText.Secret(t) },
                    }
                ) with
                {
                    WhenAbsent = "NOMAD_TOKEN",
                },
                Of("nomad.namespace", "Nomad namespace", (a, t) =>
                    a with
                    {
                        Nomad = a.Nomad with { Namespace = AnswerText.Optional(t) },
                    }
                ) with
                {
                    WhenAbsent = "NOMAD_NAMESPACE, else default",
                },
                Of("nomad.region", "Nomad region", (a, t) =>
                    a with
                    {
                        Nomad = a.Nomad with { Region = AnswerText.Optional(t) },
                    }
                ) with
                {
                    WhenAbsent = "the agent's own",
                },
                Of("nomad.job", "Nomad job", (a, t) => a with { Nomad = a.Nomad with { Job = t } }),
                Of("nomad.node", "Nomad node", (a, t) => a with { Nomad = a.Nomad with { Node = t } }) with
                {
                    WhenAbsent = "this host",
                },
                .. Cluster,
            ]
        );

    // Of two ways to keep something the other one's questions go away with the answer to the first.
    private static IReadOnlyList<Question> Cluster =>
        [
            Of("cluster.nodes", "Nodes of the cluster", (a, t) =>
                a with
                {
                    Cluster = a.Cluster with { Nodes = AnswerText.Words(t) },
                }
            ) with
            {
                Applies = IsCluster,
                WhenAbsent = "all that are ready",
            },
            Of("cluster.database_volume", "Database host volume", (a, t) =>
                a with
                {
                    Cluster = a.Cluster with { DatabaseVolume = AnswerText.Optional(t) },
                }
            ) with
            {
                Applies = IsCluster,
                WhenAbsent = "none: Docker's, on the data node",
            },
            Of("cluster.redis_queue_volume", "Queue host volume", (a, t) =>
                a with
                {
                    Cluster = a.Cluster with { RedisQueueVolume = AnswerText.Optional(t) },
                }
            ) with
            {
                Applies = a => IsCluster(a) && a.Cluster.DatabaseVolume is not null,
            },
            Of("cluster.data_node", "Data node", (a, t) =>
                a with
                {
                    Cluster = a.Cluster with { DataNode = AnswerText.Optional(t) },
                }
            ) with
            {
                Applies = a => IsCluster(a) && a.Cluster.DatabaseVolume is null,
            },
            Of("cluster.sites_volume", "Sites host volume", (a, t) =>
                a with
                {
                    Cluster = a.Cluster with { SitesVolume = AnswerText.Optional(t) },
                }
            ) with
            {
                Applies = IsCluster,
                WhenAbsent = "none: NFS",
            },
            Of("cluster.sites_nfs", "Sites by NFS", (a, t) =>
                a with
                {
                    Cluster = a.Cluster with { SitesNfs = AnswerText.Optional(t) },
                }
            ) with
            {
                Applies = a => IsCluster(a) && a.Cluster.SitesVolume is null,
            },
            Of("cluster.sites_nfs_options", "NFS options", (a, t) =>
                a with
                {
                    Cluster = a.Cluster with { SitesNfsOptions = t },
                }
            ) with
            {
                Applies = a => IsCluster(a) && a.Cluster.SitesVolume is null,
            },
        ];

    private static bool IsCluster(AnswerFile answers) => answers.Nomad.Topology == NomadTopology.Cluster;

    private static bool IsBuilt(AnswerFile answers) => answers.Image.Source == ImageSource.Build;

    // Without an address in the answers NOMAD_ADDR decides, and the other variables go with it.
    private static bool IsTls(AnswerFile answers) =>
        answers.Nomad.Address?.StartsWith("https://", StringComparison.Ordinal) == true;
}

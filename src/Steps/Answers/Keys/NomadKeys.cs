using static ErpInstaller.Answers.Keys.KeysOf<ErpInstaller.Answers.NomadAnswers>;

namespace ErpInstaller.Answers.Keys;

/// <summary>The table <c>[nomad]</c>.</summary>
internal static class NomadKeys
{
    /// <summary>The table with its keys.</summary>
    public static TableKey All { get; } =
        KeysOf<AnswerFile>.Table(
            "nomad",
            "The Nomad to use. NOMAD_* variables replace absent keys.",
            a => a.Nomad,
            (a, v) => a with { Nomad = v },
            [
                Text(
                    "address",
                    "Address of Nomad's HTTP API, also unix:///PATH. Absent: NOMAD_ADDR, then http://127.0.0.1:4646.",
                    TextRules.NomadAddress,
                    n => n.Address,
                    (n, v) => n with { Address = v }
                ) with
                {
                    Label = "Nomad address",
                    WhenAbsent = "NOMAD_ADDR, or this host",
                },
                Secret(
                    "token",
                    "ACL token. Absent: NOMAD_TOKEN.",
                    TextRules.AnySecret,
                    "NOMAD_TOKEN",
                    n => n.Token,
                    (n, v) => n with { Token = v }
                ) with
                {
                    Label = "Nomad ACL token",
                    WhenAbsent = "NOMAD_TOKEN",
                },
                Text(
                    "namespace",
                    "Namespace of the jobs. Absent: NOMAD_NAMESPACE, or default.",
                    TextRules.Namespace,
                    n => n.Namespace,
                    (n, v) => n with { Namespace = v }
                ) with
                {
                    Label = "Nomad namespace",
                    WhenAbsent = "NOMAD_NAMESPACE, or default",
                },
                Text(
                    "region",
                    "Region. Absent: NOMAD_REGION, or the agent's own.",
                    TextRules.Region,
                    n => n.Region,
                    (n, v) => n with { Region = v }
                ) with
                {
                    Label = "Nomad region",
                    WhenAbsent = "the agent's own",
                },
                Choice(
                    "topology",
                    "single: all on one node. cluster: on several, see [cluster].",
                    [
                        new(NomadTopology.Single, "On one node. If it is this host, no registry is needed."),
                        new(NomadTopology.Cluster, "On several nodes, which pull the image from a registry."),
                    ],
                    n => n.Topology,
                    (n, v) => n with { Topology = v }
                ) with
                {
                    Label = "Runs on",
                },
                Text(
                    "job",
                    "Name of the application's job; the others are NAME-data, NAME-init and NAME-verify.",
                    TextRules.JobName,
                    n => n.Job,
                    (n, v) => n with { Job = v ?? "" }
                ) with
                {
                    Label = "Nomad job",
                },
                Text(
                    "node",
                    "Name or id of the node; in a cluster, of the entry node. Empty: this host.",
                    TextRules.Node,
                    n => n.Node,
                    (n, v) => n with { Node = v ?? "" }
                ) with
                {
                    MayBeEmpty = true,
                    Label = "Nomad node",
                    WhenAbsent = "this host",
                },
                Text(
                    "ca_certificate",
                    "CA certificate as a PEM file, for https. Absent: NOMAD_CACERT.",
                    TextRules.AbsolutePath,
                    n => n.CaCertificate,
                    (n, v) => n with { CaCertificate = v }
                ) with
                {
                    Label = "CA certificate",
                    Applies = IsTls,
                    WhenAbsent = "NOMAD_CACERT",
                },
                Text(
                    "client_certificate",
                    "Client certificate as a PEM file. Absent: NOMAD_CLIENT_CERT.",
                    TextRules.AbsolutePath,
                    n => n.ClientCertificate,
                    (n, v) => n with { ClientCertificate = v }
                ) with
                {
                    Label = "Client certificate",
                    Applies = IsTls,
                    WhenAbsent = "NOMAD_CLIENT_CERT",
                },
                Text(
                    "client_key",
                    "Client key as a PEM file. Absent: NOMAD_CLIENT_KEY.",
                    TextRules.AbsolutePath,
                    n => n.ClientKey,
                    (n, v) => n with { ClientKey = v }
                ) with
                {
                    Label = "Client key",
                    Applies = a => IsTls(a) && a.Nomad.ClientCertificate is not null,
                },
                Text(
                    "tls_server_name",
                    "Name expected in the agent's certificate. Absent: NOMAD_TLS_SERVER_NAME, or the address's host.",
                    TextRules.HostName,
                    n => n.TlsServerName,
                    (n, v) => n with { TlsServerName = v }
                ) with
                {
                    Label = "TLS server name",
                    Applies = IsTls,
                    WhenAbsent = "the address's host",
                },
            ]
        );

    // Without an address in the answers NOMAD_ADDR decides, and the other variables go with it.
    private static bool IsTls(AnswerFile answers) =>
        answers.Nomad.Address?.StartsWith("https://", StringComparison.Ordinal) == true;
}

using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Ids;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Interview;

/// <summary>The pages of an installation, and the order of the questions on them. Each question is a key.</summary>
internal static class QuestionPages
{
    /// <summary>All pages.</summary>
    public static IReadOnlyList<QuestionPage> InOrder(ReleaseCatalog catalog) =>
        [Apps(catalog), Site, Certificate, Image, Nomad, Sizes];

    private static QuestionPage Apps(ReleaseCatalog catalog) =>
        new(
            "apps",
            StepId.Apps,
            "ERPNext and its apps",
            "A release is a version of ERPNext with the app versions that fit it. Frappe and ERPNext are always "
                + "installed. The apps that an app requires are added.",
            [
                Of("erpnext.release") with
                {
                    Choices = _ => Releases(catalog),
                    Adapt = answers => ReleaseChoice.WithoutUnknownApps(answers, catalog),
                },
                Of("apps.install") with
                {
                    Choices = a => AppsOf(a, catalog),
                },
            ]
        );

    private static QuestionPage Site =>
        new(
            "site",
            StepId.Certificate,
            "The site",
            "Users reach the site under one name only. The password is for the user Administrator. Mail goes "
                + "through your own SMTP server; you can also set it up later, in the site.",
            Ask(
                "site.name",
                "site.admin_password",
                "site.http_port",
                "site.https_port",
                "mail.server",
                "mail.port",
                "mail.tls",
                "mail.user",
                "mail.password",
                "mail.sender",
                "mail.test_to"
            )
        );

    private static QuestionPage Certificate =>
        new(
            "certificate",
            StepId.Certificate,
            "The certificate",
            "Browsers warn of a self-signed certificate; users accept it once by its fingerprint. A provided one "
                + "is checked before it is used: chain, key, validity, names.",
            Ask(
                "certificate.mode",
                "certificate.delivery",
                "certificate.certificate",
                "certificate.key",
                "certificate.resolver",
                "site.trusted_proxies"
            )
        );

    private static QuestionPage Image =>
        new(
            "image",
            StepId.Image,
            "The Docker image",
            "One image holds ERPNext with all apps. It is built here in half an hour to two hours, or you "
                + "name one that exists. Other nodes can pull it from a registry.",
            Ask(
                "image.source",
                "image.reference",
                "image.name",
                "image.builder",
                "nomad.topology",
                "image.registry",
                "image.username",
                "image.password"
            )
        );

    private static QuestionPage Nomad =>
        new(
            "nomad",
            StepId.Deployment,
            "Nomad",
            "Empty answers are taken from the environment: NOMAD_ADDR, NOMAD_TOKEN and the others. The node runs "
                + "everything; in a cluster, it publishes the site's ports. Without a name it is this host.",
            Ask(
                "nomad.address",
                "nomad.ca_certificate",
                "nomad.client_certificate",
                "nomad.client_key",
                "nomad.tls_server_name",
                "nomad.token",
                "nomad.namespace",
                "nomad.region",
                "nomad.job",
                "nomad.node",
                "cluster.nodes",
                "cluster.database_volume",
                "cluster.redis_queue_volume",
                "cluster.data_node",
                "cluster.sites_volume",
                "cluster.sites_nfs",
                "cluster.sites_nfs_options"
            )
        );

    private static QuestionPage Sizes =>
        new(
            "sizes",
            StepId.Deployment,
            "Counts and sizes",
            "The number of containers in the groups that scale, and the size of each container. CPU is "
                + "reserved, in millicores (1000 is one core); memory is a hard limit, in MiB.",
            Ask("scale", "resources")
        )
        {
            Gate = "Change how many containers there are, and how large?",
        };

    private static Question Of(string key) => new(AnswerKeys.At(key).Single());

    // The name of a table asks for all keys in it.
    private static IReadOnlyList<Question> Ask(params IEnumerable<string> keys) =>
        [.. keys.SelectMany(AnswerKeys.At).Select(key => new Question(key))];

    private static List<QuestionChoice> Releases(ReleaseCatalog catalog) =>
        [
            .. catalog
                .Names.Select(catalog.Load)
                .Select(r => new QuestionChoice(r.Version, $"Frappe {r.Frappe}, Python {r.Python}, Node {r.Node}")),
        ];

    private static List<QuestionChoice> AppsOf(AnswerFile answers, ReleaseCatalog catalog) =>
        catalog.Names.Contains(answers.Erpnext.Release)
            ?
            [
                .. catalog
                    .Load(answers)
                    .Apps.Where(a => !a.Value.Dependency)
                    .Select(a => new QuestionChoice(a.Key, Explain(a.Value))),
            ]
            : [];

    private static string Explain(ReleaseApp app) =>
        $"{app.Title} {app.Ref}: {app.Description}"
        + $"{(app.Requires.Count == 0 ? "" : $" Brings {string.Join(", ", app.Requires)}.")}";
}

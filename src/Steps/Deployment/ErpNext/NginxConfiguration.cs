using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// The frontend's nginx.conf: the asset with the site's name and the parts of its certificate mode filled in. In a
/// cluster it is a template, which Nomad fills with the addresses of backend and websocket.
/// </summary>
internal static class NginxConfiguration
{
    /// <summary>
    /// The name by which the realtime server finds a frontend that serves plain HTTP, in the installation's network.
    /// </summary>
    public static readonly string Alias = ContainerGroups.Frontend.Group;

    /// <summary>
    /// The container's port that redirects to HTTPS; behind Traefik or the operator's proxy, the port that serves the
    /// site.
    /// </summary>
    public static int HttpPortOf(AnswerFile answers) => PortFromInside(answers) == HttpPort ? HttpPort + 1 : HttpPort;

    /// <summary>The container's port that serves HTTPS; above 1024, so that no capability is asked for.</summary>
    public const int HttpsPort = 8443;

    private const int HttpPort = 8080;

    /// <summary>The file's text.</summary>
    /// <param name="trusted">Browsers are expected to trust the certificate.</param>
    public static string Render(AssetSource assets, AnswerFile answers, bool trusted)
    {
        var mode = answers.Certificate.Mode;
        var text = assets
            .Read("deployment/nginx.conf")
            .Replace("@SITE@", answers.Site.Name, StringComparison.Ordinal)
            .Replace("@JOB@", answers.Nomad.Job, StringComparison.Ordinal)
            .Replace("@HTTP_LISTEN@", FormattableString.Invariant($"{HttpPortOf(answers)}"), StringComparison.Ordinal)
            .Replace(
                "@INSIDE_PORT@",
                FormattableString.Invariant($"{PortFromInside(answers)}"),
                StringComparison.Ordinal
            )
            .Replace("@HTTPS_PORT@", SiteAddress.SuffixOf(answers), StringComparison.Ordinal);

        var isCluster = answers.Nomad.Topology == NomadTopology.Cluster;
        text = Keep(Keep(text, "cluster", isCluster), "single", !isCluster);
        text = Keep(text, "inside", PortFromInside(answers) is not (null or HttpsPort));

        var both = CertificateVolume.IsWanted(answers)
            ? $"{CertificateVolume.Directory}/{CertificateVolume.FileName}"
            : null;
        text = text.Replace("@CERTIFICATE@", both ?? "/secrets/site.crt", StringComparison.Ordinal)
            .Replace("@KEY@", both ?? "/secrets/site.key", StringComparison.Ordinal);

        text = text.Replace("@FRONTEND@", OwnAddress(answers), StringComparison.Ordinal)
            .Replace("@REAL_IP_FROM@", Lines(answers, "  set_real_ip_from {0};"), StringComparison.Ordinal)
            .Replace("@FROM_PROXY@", Lines(answers, "    {0} yes;"), StringComparison.Ordinal);
        text = Keep(Keep(text, "none", mode == CertificateMode.None), "browser", mode != CertificateMode.None);

        // With HSTS, browsers that refuse the certificate would not let the operator proceed anyway.
        return Keep(
            Keep(Keep(text, "traefik", mode == CertificateMode.LetsEncrypt), "tls", mode.ServesTls()),
            "hsts",
            trusted && mode != CertificateMode.None
        );
    }

    /// <summary>
    /// Host and port by which containers reach a frontend that serves plain HTTP: its alias, or the entry node in a
    /// cluster.
    /// </summary>
    private static string OwnAddress(AnswerFile answers) =>
        answers.Nomad.Topology == NomadTopology.Cluster
            ? FormattableString.Invariant($"{answers.Site.Name}:{answers.Site.HttpPort}")
            : FormattableString.Invariant($"{Alias}:{HttpPort}");

    private static string Lines(AnswerFile answers, string format) =>
        string.Join('\n', answers.Site.TrustedProxies.Select(p => format.Replace("{0}", p, StringComparison.Ordinal)));

    // The other containers of a single node find the frontend by the site's name. It must therefore also listen on
    // the port of the site's address. Since Docker 20.10 every user may bind a low port inside a bridge network. Null:
    // they reach it through the node.
    private static int? PortFromInside(AnswerFile answers) =>
        answers.Nomad.Topology == NomadTopology.Single && SiteAddress.IsServedByFrontend(answers)
            ? SiteAddress.PortOf(answers)
            : null;

    // Lines between "#if NAME" and "#end NAME" stay or go; the marks always go.
    private static string Keep(string text, string name, bool keep)
    {
        var result = new List<string>();
        var inside = false;
        foreach (var line in text.Split('\n'))
        {
            var mark = line.Trim();
            if (mark == $"#if {name}" || mark == $"#end {name}")
            {
                inside = mark[1] == 'i';
            }
            else if (keep || !inside)
            {
                result.Add(line);
            }
        }

        return string.Join('\n', result);
    }
}

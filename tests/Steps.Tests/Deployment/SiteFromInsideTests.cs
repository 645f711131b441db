using ErpInstaller.Answers;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// Containers find the site by its name: for pictures in PDFs, for the sign-in of WebSockets, and for requests of apps.
/// </summary>
public sealed class SiteFromInsideTests
{
    private static readonly string[] Frappe = ["backend", "websocket", "scheduler", "queue-short", "queue-long"];

    private static readonly AnswerFile LetsEncrypt = JobCases.Default with
    {
        Certificate = new CertificateAnswers { Mode = CertificateMode.LetsEncrypt, Resolver = "le" },
    };

    private static readonly NomadNode OnLoopback = JobCases.Node with
    {
        Attributes = new(JobCases.Node.Attributes) { ["unique.network.ip-address"] = "127.0.0.1" },
    };

    [Fact]
    public void On_a_single_node_the_frontend_has_the_sites_name_in_the_network()
    {
        var job = Application(JobCases.Default, OnLoopback);

        Assert.Equal(["erp.example.com"], Task(job, "frontend").Aliases);
        Assert.All(job.Groups, g => Assert.Empty(g.Tasks[0].ExtraHosts));
    }

    [Theory]
    [InlineData(443, "listen 443 ssl", "listen 8080 default_server")]
    [InlineData(8443, "listen 8443 ssl", "listen 8080 default_server")]
    [InlineData(8080, "listen 8080 ssl", "listen 8081 default_server")]
    public void The_frontend_listens_on_the_port_of_the_sites_address(int port, string https, string http)
    {
        var frontend = Application(
            JobCases.Default with
            {
                Site = new SiteAnswers { Name = "erp.example.com", HttpsPort = port },
            }
        )
            .Groups.Single(g => g.Name == "frontend");
        var lines = frontend
            .Tasks[0]
            .Templates[0]
            .Text.Split('\n')
            .Select(l => l.Trim())
            .Where(l => l.StartsWith("listen ", StringComparison.Ordinal))
            .ToList();

        Assert.Single(lines, l => l.StartsWith(https, StringComparison.Ordinal));
        Assert.Single(lines, l => l.StartsWith(http, StringComparison.Ordinal));
        Assert.Equal(lines.Count, lines.Select(l => l.Split(' ')[1]).Distinct().Count());
        Assert.Contains(
            $"listen {frontend.Ports.Single(p => p.Label == "http").To} ",
            string.Join('\n', lines),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void In_a_cluster_every_Frappe_container_gets_the_entry_nodes_address()
    {
        var jobs = JobCases.Build(JobCases.All["cluster-nfs"]);
        string[] expected = [$"erp.example.com:{JobCases.Node.Address}"];

        Assert.All(Frappe, name => Assert.Equal(expected, Task(jobs.Application, name).ExtraHosts));
        Assert.All(jobs.Init.Groups[0].Tasks, t => Assert.Equal(expected, t.ExtraHosts));
        Assert.Empty(Task(jobs.Application, "frontend").Aliases);
    }

    [Fact]
    public void Behind_Traefik_containers_get_the_address_of_the_node_with_Traefik()
    {
        var job = Application(LetsEncrypt);

        Assert.All(Frappe, name =>
            Assert.Equal([$"erp.example.com:{JobCases.Node.Address}"], Task(job, name).ExtraHosts)
        );
        Assert.Empty(Task(job, "frontend").Aliases);
    }

    [Fact]
    public void No_container_gets_a_loopback_address() =>
        Assert.All(Frappe, name => Assert.Empty(Task(Application(LetsEncrypt, OnLoopback), name).ExtraHosts));

    [Theory]
    [InlineData(443, "https://erp.example.com")]
    [InlineData(8443, "https://erp.example.com:8443")]
    public void Frappe_gets_the_address_for_links_in_mails(int port, string address)
    {
        var answers = JobCases.Default with
        {
            Site = new SiteAnswers { Name = "erp.example.com", HttpsPort = port },
        };

        Assert.All(JobCases.Build(answers).Init.Groups[0].Tasks, t => Assert.Equal(address, t.Env["HOST_NAME"]));
    }

    [Fact]
    public void Behind_Traefik_the_address_has_no_port_because_the_answers_port_is_not_published()
    {
        var answers = LetsEncrypt with
        {
            Site = new SiteAnswers { Name = "erp.example.com", HttpsPort = 8443 },
        };

        Assert.Equal("https://erp.example.com", JobCases.Build(answers).Init.Groups[0].Tasks[0].Env["HOST_NAME"]);
    }

    private static Job Application(AnswerFile answers, NomadNode? node = null) =>
        JobCases.Build(answers, node: node).Application;

    private static JobTask Task(Job job, string group) => job.Groups.Single(g => g.Name == group).Tasks[0];
}

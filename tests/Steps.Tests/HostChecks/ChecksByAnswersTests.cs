using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Host;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>The same facts get other verdicts with other answers.</summary>
public sealed class ChecksByAnswersTests
{
    [Theory]
    [InlineData(ImageBuilder.Auto, VerdictKind.Warn)]
    [InlineData(ImageBuilder.Buildx, VerdictKind.Fail)]
    [InlineData(ImageBuilder.Engine, VerdictKind.Pass)]
    public void The_answers_decide_whether_a_missing_buildx_fails(ImageBuilder builder, VerdictKind expected)
    {
        var fact = new DockerBuilderFact(Version: null, "docker buildx version: unknown command");

        Assert.Equal(
            expected,
            new DockerBuilderCheck().Judge(fact, new AnswerFile { Image = new ImageAnswers { Builder = builder } }).Kind
        );
    }

    [Fact]
    public void An_existing_image_needs_no_builder()
    {
        var answers = new AnswerFile
        {
            Image = new ImageAnswers { Source = ImageSource.Existing, Builder = ImageBuilder.Buildx },
        };

        Assert.Equal(
            VerdictKind.Pass,
            new DockerBuilderCheck().Judge(new DockerBuilderFact(Version: null, "none"), answers).Kind
        );
    }

    [Fact]
    public void A_node_on_loopback_warns_that_only_this_host_can_reach_the_site()
    {
        var node = new NodeReading(
            "6f1c",
            "vm",
            "ready",
            "eligible",
            Draining: false,
            "vm",
            "127.0.0.1",
            DockerDetected: true,
            DockerHealthy: true,
            DockerSays: null
        );

        var verdict = new NomadNodeCheck().Judge(
            new NomadNodeFact(node, new HostIdentity("vm", "x86_64", ["127.0.0.1"]), AgentIsLocal: true),
            new AnswerFile()
        );

        Assert.Equal(VerdictKind.Warn, verdict.Kind);
        Assert.Contains("only this host can reach the site", verdict.Found, StringComparison.Ordinal);
        Assert.Contains("client { network_interface = ", verdict.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_programs_may_hold_ports_80_and_443_behind_Traefik()
    {
        var fact = new PortsFact("192.0.2.10", [new PortHolder("tcp", "0.0.0.0", 443, 0, 812, "traefik")], []);
        var answers = new AnswerFile
        {
            Certificate = new CertificateAnswers { Mode = CertificateMode.LetsEncrypt, Resolver = "le" },
        };

        Assert.Equal(VerdictKind.Fail, new PortsCheck().Judge(fact, new AnswerFile()).Kind);
        Assert.Equal(VerdictKind.Pass, new PortsCheck().Judge(fact, answers).Kind);
    }

    [Fact]
    public void A_socket_on_any_external_address_blocks_a_port_while_the_node_is_unknown()
    {
        Assert.Equal(VerdictKind.Fail, Judge("192.0.2.10"));
        Assert.Equal(VerdictKind.Warn, Judge("127.0.0.1"));

        static VerdictKind Judge(string address) =>
            new PortsCheck()
                .Judge(new PortsFact(NodeAddress: null, [new PortHolder("tcp", address, 443, 0)], []), new AnswerFile())
                .Kind;
    }

    [Fact]
    public void A_socket_on_another_address_than_the_nodes_is_a_warning()
    {
        Assert.Equal(VerdictKind.Fail, Judge("192.0.2.10"));
        Assert.Equal(VerdictKind.Warn, Judge("192.0.2.11"));
        Assert.Equal(VerdictKind.Fail, Judge("::"));

        static VerdictKind Judge(string address) =>
            new PortsCheck()
                .Judge(new PortsFact("192.0.2.10", [new PortHolder("tcp", address, 443, 0)], []), new AnswerFile())
                .Kind;
    }

    [Fact]
    public void More_backends_need_more_room()
    {
        var fact = new NomadCapacityFact("erp-1", 20800, 16000, 0, 0, 2600, []);

        Assert.Equal(VerdictKind.Pass, Judge(1).Kind);
        Assert.Equal(VerdictKind.Fail, Judge(3).Kind);
        Assert.Equal(Reserved(3), Judge(3).Needed);

        Verdict Judge(int backends) => new NomadCapacityCheck().Judge(fact, With(backends));

        static AnswerFile With(int backends) => new() { Scale = new ScaleAnswers { Backend = backends } };

        static string Reserved(int backends)
        {
            var answers = With(backends);
            var millicores = ContainerGroups.Serving.Sum(g => g.SizeIn(answers).Cpu * g.CountIn(answers));
            var memory = ContainerGroups.Serving.Sum(g => g.SizeIn(answers).Memory * g.CountIn(answers));
            return FormattableString.Invariant($"{millicores / 1000.0:0.0} cores and {memory} MiB reserved");
        }
    }
}

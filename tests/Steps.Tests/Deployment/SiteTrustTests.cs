using ErpInstaller.Answers;
using ErpInstaller.Deployment.Jobs;

namespace ErpInstaller.Tests.Deployment;

/// <summary>The parts of the jobs that depend on whether the certificate is trusted by default.</summary>
public sealed class SiteTrustTests
{
    private static readonly AnswerFile Provided = JobCases.Default with
    {
        Certificate = new CertificateAnswers { Mode = CertificateMode.Provided },
    };

    [Fact]
    public void HSTS_is_not_sent_with_a_certificate_of_an_unknown_CA()
    {
        Assert.Contains(
            "Strict-Transport-Security",
            Task(Provided, trusted: true, "frontend").Templates[0].Text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "Strict-Transport-Security",
            Task(Provided, trusted: false, "frontend").Templates[0].Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_websocket_container_gets_the_certificate_because_it_trusts_public_CAs_only(bool trusted)
    {
        var task = Task(Provided, trusted, "websocket");

        Assert.Equal("/local/site.crt", task.Env["NODE_EXTRA_CA_CERTS"]);
        Assert.Equal("local/site.crt", Assert.Single(task.Templates).Destination);
    }

    private static JobTask Task(AnswerFile answers, bool trusted, string group) =>
        JobCases.Build(answers, trusted: trusted).Application.Groups.Single(g => g.Name == group).Tasks[0];
}

using ErpInstaller.Answers;
using ErpInstaller.Deployment.Jobs;

namespace ErpInstaller.Tests.Deployment;

/// <summary>What depends on whether the certificate is trusted without being told.</summary>
public sealed class SiteTrustTests
{
    private static readonly AnswerFile Provided = JobCases.Default with
    {
        Certificate = new CertificateAnswers { Mode = CertificateMode.Provided },
    };

    [Fact]
    public void Browsers_are_not_held_to_HTTPS_by_a_certificate_of_an_authority_that_nobody_knows()
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
    public void The_websocket_container_gets_the_certificate_because_it_trusts_no_company_by_itself(bool trusted)
    {
        var told = Task(Provided, trusted, "websocket");

        Assert.Equal("/local/site.crt", told.Env["NODE_EXTRA_CA_CERTS"]);
        Assert.Equal("local/site.crt", Assert.Single(told.Templates).Destination);
    }

    private static JobTask Task(AnswerFile answers, bool trusted, string group) =>
        JobCases.Build(answers, trusted: trusted).Application.Groups.Single(g => g.Name == group).Tasks[0];
}

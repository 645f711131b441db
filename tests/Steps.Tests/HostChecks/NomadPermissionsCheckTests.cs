using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.Tests.HostChecks;

public sealed class NomadPermissionsCheckTests
{
    [Theory]
    [InlineData("default", "erpnext", "erp-installer-erpnext")]
    [InlineData("default", "shop", "erp-installer-shop")]
    [InlineData("sales", "erpnext", "erp-installer-sales-erpnext")]
    public void The_policy_that_the_hint_makes_replaces_no_other_installations(
        string nomadNamespace,
        string job,
        string policy
    )
    {
        var answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Nomad = new NomadAnswers { Job = job },
        };

        var hint = new NomadPermissionsCheck()
            .Judge(new NomadPermissionsFact(nomadNamespace, ["node read"]), answers)
            .Hint;

        Assert.EndsWith(
            $"| nomad acl policy apply {policy} - && nomad acl token create -name={policy} -policy={policy}",
            hint,
            StringComparison.Ordinal
        );
    }
}

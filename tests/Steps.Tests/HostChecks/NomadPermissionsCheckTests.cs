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
    public void The_hints_policy_does_not_replace_another_installations_policy(
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

using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;

namespace ErpInstaller.Tests.Image;

/// <summary>What a plan says about newer versions of recorded Python packages.</summary>
public sealed class NewerPackagesTests
{
    [Theory]
    [InlineData("erp-installer: asked\n", "the record has the newest versions")]
    [InlineData(
        "erp-installer: newer pandas 2.2.3 2.3.0\nerp-installer: newer twilio 8.5.0 8.6.0\nerp-installer: asked\n",
        "newer for apps that are built again: pandas 2.2.3 → 2.3.0, twilio 8.5.0 → 8.6.0"
    )]
    [InlineData(
        "erp-installer: newer pandas 2.2.3 \u001b[2J2.3.0\nerp-installer: asked\n",
        "newer for apps that are built again: pandas 2.2.3 → 2.3.0"
    )]
    [InlineData(
        "erp-installer: newer pandas 2.2.3 2.3.0\nerp-installer: none twilio\nerp-installer: asked\n",
        "newer for apps that are built again: pandas 2.2.3 → 2.3.0; the index names no version of twilio"
    )]
    [InlineData(
        "erp-installer: none pandas\nerp-installer: none twilio\nerp-installer: asked\n",
        "newest versions; install.log will say which changed (the index names no version of pandas, twilio)"
    )]
    [InlineData(
        "erp-installer: newer pandas 2.2.3 2.3.0\nTraceback (most recent call last):\n",
        "newest versions; install.log will say which changed (pip failed in the image, exit code 1)"
    )]
    public void A_plan_names_newer_versions_or_says_why_it_cannot(string output, string expected) =>
        Assert.Equal(
            expected,
            NewerPackages.Describe(
                new ContainerRun(output.EndsWith("asked\n", StringComparison.Ordinal) ? 0 : 1, output)
            )
        );
}

using System.Text;
using CliWrap;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.StandIns;

/// <summary>
/// The app repositories have the refs that an installer needs, and lack the refs that the real ones lack.
/// </summary>
public sealed class AppRepositoriesTests
{
    private readonly AppRepositories _apps = AppRepositories.Require();

    [Fact]
    public async Task I_can_list_the_refs_of_an_app_without_a_Docker_engine()
    {
        var refs = await RefsAsync(_apps.FileUrl("frappe/crm"));

        Assert.Contains("refs/tags/v1.52.2", refs, StringComparison.Ordinal);
        Assert.DoesNotContain("refs/heads/version-15", refs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_addresses_of_an_app_have_the_same_commits() =>
        Assert.Equal(await RefsAsync(_apps.FileUrl("frappe/hrms")), await RefsAsync(_apps.HttpUrl("frappe/hrms")));

    private static async Task<string> RefsAsync(string url)
    {
        var output = new StringBuilder();
        await Cli.Wrap("git")
            .WithArguments(["ls-remote", url])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .ExecuteAsync(TestContext.Current.CancellationToken);
        return output.ToString();
    }
}

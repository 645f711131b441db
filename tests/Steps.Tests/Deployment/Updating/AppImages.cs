using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Ids;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Updating;

/// <summary>Images that the product's own step builds from the stand-ins: before an update and after it.</summary>
public sealed class AppImages : IAsyncLifetime
{
    private readonly string _name = $"erp-installer-test/{Guid.NewGuid():N}";

    /// <summary>ERPNext and hrms 15.49.4.</summary>
    public string Before { get; private set; } = "";

    /// <summary>The same with hrms 15.50.0, which has other assets and the same tables.</summary>
    public string Updated { get; private set; } = "";

    /// <summary>As before, and crm.</summary>
    public string WithCrm { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (DockerEnvironment.IsThere)
        {
            Before = await BuildAsync("v15.49.4", "hrms");
            Updated = await BuildAsync("v15.50.0", "hrms");
            WithCrm = await BuildAsync("v15.49.4", "hrms", "crm");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (DockerEnvironment.IsThere)
        {
            await DockerEnvironment.Require().DockerAsync("image", "rm", "--force", Before, Updated, WithCrm);
        }
    }

    private async Task<string> BuildAsync(string hrms, params string[] install)
    {
        var apps = AppRepositories.Require();
        using var engine = new DockerEngine(DockerEnvironment.Require().Endpoint);
        using var installation = new TestInstallation
        {
            Steps = [new AppsStep(), new ImageStep()],
            Git = new GitRemote(),
            Docker = engine,
            Answers = new AnswerFile
            {
                Site = new SiteAnswers { Name = ServedSite.Site },
                Image = new ImageAnswers { Name = _name, Builder = ImageBuilder.Engine },
                Apps = new AppsAnswers
                {
                    Install = [.. install],
                    Override =
                    {
                        ["hrms"] = new AppOverride { Url = apps.HttpUrl("frappe/hrms"), Ref = hrms },
                        ["crm"] = new AppOverride { Url = apps.HttpUrl("frappe/crm") },
                    },
                },
            },
        };
        var result = await installation.InstallAsync();
        Assert.True(result.ExitCode == 0, $"{result.Message}\n{string.Join('\n', result.Details)}");
        return installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;
    }
}

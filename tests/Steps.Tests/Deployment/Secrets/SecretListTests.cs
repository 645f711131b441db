using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Secrets;

/// <summary>The places of the secrets, and Variables that were changed from outside.</summary>
public sealed class SecretListTests : IDisposable
{
    private const string Init = "nomad/jobs/erpnext-init";
    private const string Database = "nomad/jobs/erpnext-data/database";

    private readonly RehearsedDeployment _rig = new();

    [Fact]
    public async Task Each_secret_is_listed_with_its_place_and_without_its_value()
    {
        _rig.Answers = _rig.Answers with
        {
            Image = new ImageAnswers
            {
                Registry = "registry.example.com:5000",
                Username = "deploy",
                Password = new SecretSource { Env = "REGISTRY_PASSWORD" },
            },
            Apps = new AppsAnswers
            {
                Override = new()
                {
                    ["crm"] = new AppOverride { Token = new SecretSource { File = "/root/crm.token" } },
                },
            },
        };

        var before = await LookAsync();
        _rig.Answers = _rig.Answers with { Image = new ImageAnswers(), Apps = new AppsAnswers() };
        await _rig.InstallAsync();
        var after = await LookAsync();

        Assert.Equal(
            [
                "admin_password Missing variable nomad/jobs/erpnext-init, item admin_password",
                "db_root_password Missing variable nomad/jobs/erpnext-init, item db_root_password",
                "certificate_key Missing variable nomad/jobs/erpnext/frontend, item key",
                "site_config.json Elsewhere volume of the sites erpnext-sites, erp.example.com/site_config.json",
                "apps.override.crm.token Elsewhere file /root/crm.token",
                "image.password Elsewhere environment variable REGISTRY_PASSWORD",
            ],
            before.Select(s => $"{s.Name} {s.State} {s.Place}")
        );
        Assert.Equal(
            [SecretState.Kept, SecretState.Kept, SecretState.Kept, SecretState.Elsewhere],
            after.Select(s => s.State)
        );
        Assert.DoesNotContain(after, s =>
            s.ToString().Contains(_rig.Nomad.Variable(Init, "admin_password")!, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task One_secret_is_read_by_its_name()
    {
        await _rig.InstallAsync();
        var list = new SecretList(_rig.Open().ContextOf(new DeploymentStep()));
        var known = await list.LookAsync(TestContext.Current.CancellationToken);

        var password = await list.ReadAsync(
            SecretList.Named("admin_password", known),
            TestContext.Current.CancellationToken
        );
        var key = await list.ReadAsync(
            SecretList.Named("certificate_key", known),
            TestContext.Current.CancellationToken
        );
        var elsewhere = await Refusal.OfAsync(ErrorCode.SecretRefused, () =>
            list.ReadAsync(SecretList.Named("site_config.json", known), TestContext.Current.CancellationToken)
        );

        Assert.Equal(_rig.Nomad.Variable(Init, "admin_password"), password);
        Assert.StartsWith("-----BEGIN", key, StringComparison.Ordinal);
        Assert.Contains("volume of the sites erpnext-sites", elsewhere.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_read_access_is_reported_with_the_missing_capability()
    {
        await _rig.InstallAsync();
        _rig.Nomad.Deny = request => request.StartsWith("GET /v1/var/", StringComparison.Ordinal);

        var denied = await Assert.ThrowsAsync<NomadDenied>(LookAsync);

        Assert.Contains("namespace variables read", denied.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_item_is_added_and_the_others_stay()
    {
        await _rig.Client.PutVariableAsync(
            Database,
            new Dictionary<string, string> { ["db_root_password"] = "KeptOfAnOlderVolume1" },
            0,
            TestContext.Current.CancellationToken
        );
        await _rig.Client.PutVariableAsync(
            Init,
            new Dictionary<string, string> { ["note"] = "of the operator" },
            0,
            TestContext.Current.CancellationToken
        );

        Assert.Contains((await _rig.PlanAsync()).Changes, c =>
            c.Subject == $"variable {Init}" && c.Why == "without db_root_password, admin_password"
        );
        await _rig.InstallAsync();

        Assert.Equal("KeptOfAnOlderVolume1", _rig.Nomad.Variable(Database, "db_root_password"));
        Assert.Equal("KeptOfAnOlderVolume1", _rig.Nomad.Variable(Init, "db_root_password"));
        Assert.Equal("of the operator", _rig.Nomad.Variable(Init, "note"));
        Assert.Matches("^[A-Za-z0-9]{32}$", _rig.Nomad.Variable(Init, "admin_password"));
    }

    [Fact]
    public async Task A_root_password_that_only_the_init_job_has_is_copied_for_the_database()
    {
        await _rig.Client.PutVariableAsync(
            Init,
            new Dictionary<string, string>
            {
                ["db_root_password"] = "KnownToTheVolume1",
                ["admin_password"] = "KnownToTheSite1",
            },
            0,
            TestContext.Current.CancellationToken
        );

        await _rig.InstallAsync();

        Assert.Equal("KnownToTheVolume1", _rig.Nomad.Variable(Database, "db_root_password"));
        Assert.Equal("KnownToTheSite1", _rig.Nomad.Variable(Init, "admin_password"));
    }

    public void Dispose() => _rig.Dispose();

    private Task<IReadOnlyList<SecretKnown>> LookAsync() =>
        new SecretList(_rig.Open().ContextOf(new DeploymentStep())).LookAsync(TestContext.Current.CancellationToken);
}

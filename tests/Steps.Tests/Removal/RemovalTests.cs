using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Backup;
using ErpInstaller.Image;
using ErpInstaller.Removal;
using ErpInstaller.Run;
using ErpInstaller.Tests.Deployment;

namespace ErpInstaller.Tests.Removal;

/// <summary>What a removal leaves at Nomad, on the engine and in the state directory.</summary>
public sealed class RemovalTests : IDisposable
{
    private const string Site = "erp.example.com";

    private readonly RehearsedDeployment _rig = new();

    public RemovalTests() => _rig.Choose("hrms");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_an_update_neither_copies_of_passwords_nor_its_way_back_are_left(bool data)
    {
        await _rig.InstallAsync();
        _rig.Choose("hrms", "crm");
        await _rig.InstallAsync();
        Assert.NotNull(_rig.Nomad.Variable(ActionSecrets.PathOf("erpnext"), ActionSecrets.Pass));
        Assert.True(File.Exists(_rig.StateFile("application-previous.json")));

        await RemoveAsync(data, backups: data);

        Assert.Null(_rig.Nomad.Variable(ActionSecrets.PathOf("erpnext"), ActionSecrets.Pass));
        Assert.False(File.Exists(_rig.StateFile("application-previous.json")));
        Assert.Equal(!data, Directory.Exists(_rig.Open().Directory.Path));
    }

    [Fact]
    public async Task The_operators_own_image_stays_and_the_name_that_marks_it_as_checked_does_not()
    {
        _rig.Answers = _rig.Answers with
        {
            Image = new ImageAnswers { Source = ImageSource.Existing, Reference = "ours:7" },
        };
        await _rig.InstallAsync();
        var mark = ImageName.OfExisting(_rig.Answers.Image, AppsLockFile.Read(_rig.StateFile("apps.lock.toml"))!);
        Assert.True(await IsOnEngineAsync(mark));

        await RemoveAsync(data: false, backups: false);

        Assert.False(await IsOnEngineAsync(mark));
        Assert.True(await IsOnEngineAsync("ours:7"));
    }

    [Fact]
    public async Task A_repository_elsewhere_is_named_as_kept()
    {
        _rig.Answers = _rig.Answers with { Backup = new BackupAnswers { Repository = "/srv/backups" } };
        await _rig.InstallAsync();

        var result = await RemoveAsync(data: true, backups: true);

        Assert.Equal("repository /srv/backups", result.Outputs["kept"]);
    }

    [Theory]
    [InlineData("DELETE /v1/var/", "variables \"nomad/jobs/erpnext/frontend\" destroy")]
    [InlineData("PUT /v1/job/erp-installer-permission-check/plan", "namespace \"default\" submit-job")]
    public async Task A_token_that_may_not_remove_everything_is_told_so_before_anything_is_stopped(
        string denied,
        string capability
    )
    {
        await _rig.InstallAsync();
        _rig.Nomad.Requests.Clear();
        _rig.Nomad.Deny = request => request.StartsWith(denied, StringComparison.Ordinal);

        var refused = await RunAsync(data: false, backups: false);

        Assert.Equal(4, refused.ExitCode);
        Assert.Contains(capability, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, _rig.Nomad.Running("erpnext", "backend"));
        Assert.DoesNotContain(_rig.Nomad.Requests, r => r.StartsWith("DELETE /v1/job/", StringComparison.Ordinal));

        _rig.Nomad.Deny = null;
        await RemoveAsync(data: false, backups: false);
    }

    public void Dispose() => _rig.Dispose();

    private async Task<Finished> RemoveAsync(bool data, bool backups)
    {
        var result = await RunAsync(data, backups);
        Assert.Equal((0, null), (result.ExitCode, result.Message));
        StateFiles.Remove(_rig.Open().Directory, keepsData: !data);
        return result;
    }

    private Task<Finished> RunAsync(bool data, bool backups) =>
        _rig.RunAsync(Operation.Remove(new RemovalRequest("erpnext", data, backups), Site));

    private async Task<bool> IsOnEngineAsync(string name) =>
        await _rig.Docker.FindImageAsync(name, TestContext.Current.CancellationToken) is not null;
}

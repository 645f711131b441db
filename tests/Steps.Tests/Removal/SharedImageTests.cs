using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;
using ErpInstaller.Tests.Deployment;

namespace ErpInstaller.Tests.Removal;

/// <summary>The operation remove, beside another installation on the same host.</summary>
public sealed class SharedImageTests : IDisposable
{
    private static readonly Operation Remove = Operation.Remove(
        new RemovalRequest("erpnext", Data: true, Backups: true),
        "erp.example.com"
    );

    private readonly RehearsedDeployment _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task An_image_that_another_job_uses_stays_and_the_job_is_named()
    {
        await _rig.InstallAsync();
        var image = await ImageAsync();
        var other = (await _rig.Client.FindSpecificationAsync("erpnext", CancellationToken.None))!;
        (other["ID"], other["Name"]) = ("second", "second");
        await _rig.Client.RegisterAsync(other, 0, source: null, CancellationToken.None);

        var result = await _rig.RunAsync(Remove);

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.NotNull(await _rig.Docker.FindImageAsync(image, CancellationToken.None));
        Assert.Contains($"image {image} (in use by the job second)", result.Outputs["kept"], StringComparison.Ordinal);
        Assert.Null(_rig.Nomad.Variable("nomad/jobs/erpnext-init", "admin_password"));
    }

    [Fact]
    public async Task An_image_that_the_engine_refuses_to_remove_is_a_warning_and_the_Variables_are_removed()
    {
        await _rig.InstallAsync();
        var image = await ImageAsync();
        _rig.FaultyDocker.ImageUser = "a container of somebody else";

        var result = await _rig.RunAsync(Remove);

        Assert.Equal((0, null), (result.ExitCode, result.Message));
        Assert.Contains(_rig.Events.OfType<Log>(), l =>
            l.Level == LogLevel.Warning && l.Line.StartsWith($"kept: image {image}: ", StringComparison.Ordinal)
        );
        Assert.Null(_rig.Nomad.Variable("nomad/jobs/erpnext-init", "admin_password"));
    }

    private async Task<string> ImageAsync() =>
        (await _rig.Client.FindSpecificationAsync("erpnext", CancellationToken.None))!["TaskGroups"]![0]!["Tasks"]![0]![
            "Config"
        ]!["image"]!.GetValue<string>();
}

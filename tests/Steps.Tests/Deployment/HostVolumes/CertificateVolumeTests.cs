using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Run;
using ErpInstaller.Tests.Certificate;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.HostVolumes;

/// <summary>A certificate that is delivered in a host volume of the node, and one that is renewed.</summary>
public sealed class CertificateVolumeTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly RehearsedDeployment _rig = new();
    private readonly TemporaryDirectory _files = new();

    public CertificateVolumeTests()
    {
        Directory.CreateDirectory(Volume);
        File.SetUnixFileMode(Volume, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        _rig.Nomad.Rehearsed.HostDirectories["erpnext-ssl"] = Volume;
        _rig.Answers = _rig.Answers with
        {
            Certificate = new CertificateAnswers { Delivery = CertificateDelivery.HostVolume },
        };
    }

    private string Volume => _files.In("volume");

    private string Delivered => Path.Combine(Volume, "site.pem");

    [Fact]
    public async Task Certificate_and_key_are_one_file_and_the_key_is_in_no_variable()
    {
        Assert.Contains(await PlanAsync(), c =>
            c == new PlannedChange(ChangeKind.Create, "host volume erpnext-ssl", $"certificate and key in {Delivered}")
        );

        Assert.Equal((0, null), await InstallAsync());

        Assert.Equal(
            StateText("certificate/site.crt") + StateText("certificate/site.key"),
            await File.ReadAllTextAsync(Delivered, TestContext.Current.CancellationToken)
        );
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Delivered));
        Assert.Equal(
            StateText("certificate/site.crt"),
            _rig.Nomad.Variable(VariablePaths.Frontend("erpnext"), "certificate")
        );
        Assert.Null(_rig.Nomad.Variable(VariablePaths.Frontend("erpnext"), "key"));
        Assert.True((await _rig.PlanAsync()).InPlace);
    }

    [Fact]
    public async Task The_file_belongs_to_the_containers_user_even_if_it_belonged_to_another()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: files are given to another user");
        _rig.IsRehearsal = false;
        await InstallAsync();
        Assert.Equal(1000, PosixFile.OwnerOf(Delivered));
        File.SetUnixFileMode(Delivered, OwnerOnly | UnixFileMode.OtherRead);

        Assert.Equal("host volume erpnext-ssl", Assert.Single(await PlanAsync()).Subject);
        Assert.Equal((0, null), await InstallAsync());

        Assert.Equal((1000, OwnerOnly), (PosixFile.OwnerOf(Delivered), File.GetUnixFileMode(Delivered)));
        Assert.True((await _rig.PlanAsync()).InPlace);
    }

    [Theory]
    [InlineData(CertificateDelivery.Variable)]
    [InlineData(CertificateDelivery.HostVolume)]
    public async Task A_provided_certificate_that_is_renewed_replaces_no_container(CertificateDelivery delivery)
    {
        _rig.Answers = _rig.Answers with
        {
            Certificate = new CertificateAnswers
            {
                Mode = CertificateMode.Provided,
                Certificate = _files.In("chain.pem"),
                Key = _files.In("key.pem"),
                Delivery = delivery,
            },
        };
        using var first = Provide();
        Assert.Equal((0, null), await InstallAsync());
        using var second = Provide();

        var changes = await PlanAsync();
        _rig.Nomad.Requests.Clear();
        Assert.Equal((0, null), await InstallAsync());

        string[] inVolume = delivery == CertificateDelivery.HostVolume ? ["host volume erpnext-ssl"] : [];
        Assert.Equal(
            [.. inVolume, "variable nomad/jobs/erpnext", "variable nomad/jobs/erpnext/frontend"],
            changes.Select(c => c.Subject)
        );
        Assert.DoesNotContain("PUT /v1/jobs", _rig.Nomad.Requests);
        Assert.Equal(second.Pem, _rig.Nomad.Variable(VariablePaths.Frontend("erpnext"), "certificate"));
        Assert.Equal(
            delivery == CertificateDelivery.HostVolume,
            File.Exists(Delivered)
                && await File.ReadAllTextAsync(Delivered, TestContext.Current.CancellationToken)
                    == second.Pem + second.KeyPem
        );
    }

    [Fact]
    public async Task Changing_to_a_host_volume_takes_the_key_out_of_the_variable_and_replaces_the_frontend_only()
    {
        _rig.Answers = _rig.Answers with { Certificate = new CertificateAnswers() };
        await InstallAsync();
        Assert.NotNull(_rig.Nomad.Variable(VariablePaths.Frontend("erpnext"), "key"));
        _rig.Answers = _rig.Answers with
        {
            Certificate = new CertificateAnswers { Delivery = CertificateDelivery.HostVolume },
        };

        Assert.Equal(
            ["host volume erpnext-ssl", "variable nomad/jobs/erpnext/frontend", "erpnext/frontend × 1"],
            (await PlanAsync()).Select(c => c.Subject)
        );
        await InstallAsync();

        Assert.Null(_rig.Nomad.Variable(VariablePaths.Frontend("erpnext"), "key"));
    }

    [Fact]
    public async Task A_node_without_the_volume_is_reported_before_anything_is_registered()
    {
        _rig.Nomad.Rehearsed.HostDirectories.Clear();
        _rig.Answers = _rig.Answers with
        {
            Host = new HostAnswers { Accept = new() { ["nomad-volumes"] = "to see the plan" } },
        };

        var missing = await Refusal.OfAsync(ErrorCode.HostVolumeUnusable, _rig.PlanAsync);
        var installed = await _rig.InstallAsync();

        Assert.Matches("^The node .+ has no host volume erpnext-ssl$", missing.Message);
        Assert.Contains(
            "host_volume \"erpnext-ssl\" { path = \"/opt/erpnext-ssl\" }",
            missing.Hint,
            StringComparison.Ordinal
        );
        Assert.Equal((4, ErrorCode.HostVolumeUnusable.Word), (installed.ExitCode, installed.Error));
        Assert.DoesNotContain("PUT /v1/jobs", _rig.Nomad.Requests);
    }

    [Fact]
    public async Task A_node_that_is_another_machine_is_refused()
    {
        _rig.Nomad.ChangeNode("unique.network.ip-address", "192.0.2.99");
        _rig.Nomad.ChangeNode("unique.hostname", "elsewhere");
        _rig.Answers = _rig.Answers with
        {
            Host = new HostAnswers { Accept = new() { ["nomad-node"] = "to see the plan" } },
        };

        var refused = await Refusal.OfAsync(ErrorCode.HostVolumeUnusable, _rig.PlanAsync);

        Assert.Matches("^The host volume erpnext-ssl is on the node .+, and this is rehearsal: ", refused.Message);
        Assert.Contains("certificate.delivery = \"variable\"", refused.Hint, StringComparison.Ordinal);
        Assert.False(File.Exists(Delivered));
    }

    [Fact]
    public async Task A_directory_that_the_container_cannot_use_is_refused_with_a_command()
    {
        _rig.IsRehearsal = false;
        File.SetUnixFileMode(Volume, OwnerOnly | UnixFileMode.UserExecute);
        var closed = Environment.IsPrivilegedProcess
            ? await Refusal.OfAsync(ErrorCode.HostVolumeUnusable, _rig.PlanAsync)
            : null;
        _rig.Nomad.Rehearsed.HostDirectories["erpnext-ssl"] = _files.In("gone");
        var gone = await Refusal.OfAsync(ErrorCode.HostVolumeUnusable, _rig.PlanAsync);

        Assert.Contains(
            $"sudo chmod o+x {Volume}",
            closed?.Hint ?? $"sudo chmod o+x {Volume}",
            StringComparison.Ordinal
        );
        Assert.Contains("there is no such directory", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_check_requires_the_volume_if_the_answers_use_it()
    {
        var check = new NomadVolumesCheck();

        var without = check.Judge(
            new NomadVolumesFact("node", Enabled: true) { HostVolumes = ["other"] },
            _rig.Answers
        );
        var with = check.Judge(
            new NomadVolumesFact("node", Enabled: true) { HostVolumes = ["erpnext-ssl"] },
            _rig.Answers
        );
        var unasked = check.Judge(
            new NomadVolumesFact("node", Enabled: true),
            _rig.Answers with
            {
                Certificate = new CertificateAnswers(),
            }
        );

        Assert.Equal(
            (VerdictKind.Fail, "enabled on node, which has no host volume erpnext-ssl"),
            (without.Kind, without.Found)
        );
        Assert.Equal((VerdictKind.Pass, VerdictKind.Pass), (with.Kind, unasked.Kind));
    }

    public void Dispose()
    {
        _rig.Dispose();
        _files.Dispose();
    }

    private async Task<(int ExitCode, string? Message)> InstallAsync()
    {
        var result = await _rig.InstallAsync();
        return (result.ExitCode, result.Message);
    }

    private async Task<IReadOnlyList<PlannedChange>> PlanAsync() => (await _rig.PlanAsync()).Changes;

    private Issued Provide()
    {
        var issued = Issued.Alone(new Issued.Wish());
        File.WriteAllText(_files.In("chain.pem"), issued.Pem);
        File.WriteAllText(_files.In("key.pem"), issued.KeyPem);
        File.SetUnixFileMode(_files.In("key.pem"), OwnerOnly);
        return issued;
    }

    private string StateText(string name) => File.ReadAllText(_rig.StateFile(name));
}

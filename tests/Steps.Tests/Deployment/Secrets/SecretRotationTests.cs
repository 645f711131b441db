using System.Net;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Secrets;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Secrets;

/// <summary>A password is rotated by its name, and the next installation applies it.</summary>
public sealed class SecretRotationTests : IDisposable
{
    private const string Admin = VariablePaths.AdminPassword;
    private const string Root = VariablePaths.RootPassword;
    private const string Init = "nomad/jobs/erpnext-init";
    private const string Database = "nomad/jobs/erpnext-data/database";

    private readonly RehearsedDeployment _rig = new();

    [Theory]
    [InlineData(Admin)]
    [InlineData(Root)]
    public async Task Only_the_init_job_runs_again_and_once(string name)
    {
        await _rig.InstallAsync();
        var old = _rig.Nomad.Variable(Init, name);
        await RotateAsync(name);

        var plan = await _rig.PlanAsync();
        Assert.Equal(
            [(ChangeKind.Update, $"secret {name}"), (ChangeKind.Replace, "erpnext-init/site × 1")],
            plan.Changes.Select(c => (c.Kind, c.Subject))
        );
        Assert.Contains($"{name}_rotated", plan.Changes[1].Why, StringComparison.Ordinal);

        Assert.Equal(0, (await _rig.InstallAsync()).ExitCode);
        Assert.Equal(
            ["erpnext-init: registering"],
            _rig.Told.Where(t => t.EndsWith("registering", StringComparison.Ordinal)).Skip(3)
        );
        Assert.Matches("^[A-Za-z0-9]{32}$", _rig.Nomad.Variable(Init, name));
        Assert.NotEqual(old, _rig.Nomad.Variable(Init, name));
        Assert.True((await _rig.PlanAsync()).InPlace);
    }

    [Fact]
    public async Task Earlier_root_passwords_are_kept_until_the_database_accepts_one()
    {
        await _rig.InstallAsync();
        var first = _rig.Nomad.Variable(Init, Root);
        await RotateAsync(Root);
        var second = _rig.Nomad.Variable(Init, Root);
        await RotateAsync(Root);

        Assert.Equal($"{second}\n{first}", _rig.Nomad.Variable(Init, VariablePaths.RootPasswordBefore));
        Assert.Equal(_rig.Nomad.Variable(Init, Root), _rig.Nomad.Variable(Database, Root));
        var said =
            string.Join('\n', _rig.Events.Select(e => e.ToString()))
            + await File.ReadAllTextAsync(_rig.StateFile("install.log"), TestContext.Current.CancellationToken);
        Assert.All([first!, second!, _rig.Nomad.Variable(Init, Root)!], value =>
            Assert.DoesNotContain(value, said, StringComparison.Ordinal)
        );
        Assert.Contains($"{Root}: a new value is in variable {Init}", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_password_of_the_database_is_kept_through_many_rotations()
    {
        await _rig.InstallAsync();
        var taken = _rig.Nomad.Variable(Init, Root);
        for (var rotation = 0; rotation < 12; rotation++)
        {
            await RotateAsync(Root);
        }

        Assert.EndsWith(
            $"\n{taken}",
            _rig.Nomad.Variable(Init, VariablePaths.RootPasswordBefore),
            StringComparison.Ordinal
        );

        await _rig.InstallAsync();
        await RotateAsync(Root);

        Assert.Equal(10, _rig.Nomad.Variable(Init, VariablePaths.RootPasswordBefore)!.Split('\n').Length);
    }

    [Fact]
    public async Task The_next_install_finishes_a_rotation_that_was_interrupted_between_its_two_Variables()
    {
        await _rig.InstallAsync();
        var first = _rig.Nomad.Variable(Database, Root);
        _rig.Nomad.Deny = request => request == $"PUT /v1/var/{Database}";
        await Assert.ThrowsAsync<NomadDenied>(() => RotateAsync(Root));
        _rig.Nomad.Deny = null;
        Assert.Equal(first, _rig.Nomad.Variable(Database, Root));

        Assert.Contains((await _rig.PlanAsync()).Changes, c => c.Subject == $"variable {Database}");
        Assert.Equal(0, (await _rig.InstallAsync()).ExitCode);

        Assert.Equal(_rig.Nomad.Variable(Init, Root), _rig.Nomad.Variable(Database, Root));
        Assert.NotEqual(first, _rig.Nomad.Variable(Database, Root));
    }

    [Fact]
    public async Task An_interruption_before_a_rotation_is_recorded_repeats_nothing()
    {
        await _rig.InstallAsync();
        await RotateAsync(Admin);
        _rig.Nomad.Deny = request => request == $"PUT /v1/var/{Init}";
        Assert.Equal(ErrorCode.NomadDenied.Word, (await _rig.InstallAsync()).Error);
        _rig.Nomad.Deny = null;
        _rig.Nomad.Requests.Clear();

        Assert.Equal(0, (await _rig.InstallAsync()).ExitCode);

        Assert.DoesNotContain("PUT /v1/jobs", _rig.Nomad.Requests);
        Assert.True((await _rig.PlanAsync()).InPlace);
    }

    [Fact]
    public async Task A_password_of_the_answers_is_rotated_to_its_present_value()
    {
        Give("ChosenSecret0815");
        await _rig.InstallAsync();
        var same = await Refusal.OfAsync(ErrorCode.SecretRefused, () => RotateAsync(Admin));
        Give("OtherSecret4711");

        await RotateAsync(Admin);

        Assert.Contains("the answers have the same one", same.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ChosenSecret0815", same.Message + same.Hint, StringComparison.Ordinal);
        Assert.Equal("OtherSecret4711", _rig.Nomad.Variable(Init, Admin));
    }

    [Fact]
    public async Task Another_password_in_the_answers_alone_changes_nothing()
    {
        Give("ChosenSecret0815");
        await _rig.InstallAsync();
        Give("OtherSecret4711");

        Assert.True((await _rig.PlanAsync()).InPlace);
        await _rig.InstallAsync();

        Assert.Equal("ChosenSecret0815", _rig.Nomad.Variable(Init, Admin));
    }

    [Fact]
    public async Task A_concurrent_change_is_not_overwritten()
    {
        await _rig.InstallAsync();
        var before = _rig.Nomad.Variable(Init, Admin);
        var looks = 0;
        _rig.Nomad.Deny = request =>
        {
            // The write follows the second read of the Variable.
            if (request == $"GET /v1/var/{Init}" && ++looks == 2)
            {
                _rig.Nomad.FailNext(HttpStatusCode.Conflict, "{}");
            }

            return false;
        };

        var refused = await Assert.ThrowsAsync<NomadConflict>(() => RotateAsync(Admin));

        Assert.Equal(ExitCode.AnswersChanged, refused.ExitCode);
        Assert.Equal(before, _rig.Nomad.Variable(Init, Admin));
    }

    [Theory]
    [InlineData("admin-pasword", "did you mean admin_password?")]
    [InlineData("certificate_key", "erp-installer install")]
    [InlineData("site_config.json", "erp.example.com/site_config.json")]
    public async Task An_unknown_secret_is_refused_with_a_hint(string name, string hint)
    {
        await _rig.InstallAsync();

        var refused = await Refusal.OfAsync(ErrorCode.SecretRefused, () => RotateAsync(name));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(hint, refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_installation_there_is_nothing_to_rotate() =>
        Assert.Equal(
            "There is no admin_password yet: variable nomad/jobs/erpnext-init, item admin_password does not have it",
            (await Refusal.OfAsync(ErrorCode.SecretRefused, () => RotateAsync(Admin))).Message
        );

    [Fact]
    public async Task A_running_installation_blocks_a_rotation()
    {
        await _rig.InstallAsync();
        var before = _rig.Nomad.Variable(Init, Admin);
        var installation = _rig.Open();
        using (RunLock.Take(installation.Directory, TimeProvider.System))
        {
            await Refusal.OfAsync(ErrorCode.LockHeld, () => RotateAsync(Admin));
        }

        Assert.Equal(before, _rig.Nomad.Variable(Init, Admin));
    }

    public void Dispose() => _rig.Dispose();

    private void Give(string password) =>
        _rig.Answers = _rig.Answers with
        {
            Site = _rig.Answers.Site with { AdminPassword = new SecretSource { Literal = password } },
        };

    private Task RotateAsync(string name) =>
        new SecretRotation(_rig.Open()).RotateAsync(name, TestContext.Current.CancellationToken);
}

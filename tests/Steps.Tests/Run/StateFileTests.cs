using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Toml;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Run;

public sealed class StateFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StateFile _file;

    public StateFileTests() => _file = new StateFile(StateDirectory.At(_directory.Path));

    private string Path => _directory.In("state.toml");

    [Fact]
    public void A_written_state_is_read_back_and_only_the_owner_can_read_it()
    {
        var state = new InstallState { Rehearsal = true }.With(
            "image",
            new StepState
            {
                Status = StepStatus.Failed,
                Attempt = 3,
                Inputs = "abc",
                Started = new DateTimeOffset(2026, 11, 23, 1, 2, 3, TimeSpan.Zero),
                Error = "BuildFailed",
                Message = "a \"quoted\" \\ message",
                Outputs = { ["digest"] = "sha256:0" },
            }
        );

        _file.Write(state);

        var read = _file.Read();
        Assert.Equal(state.Of("image") with { Outputs = read.Of("image").Outputs }, read.Of("image"));
        Assert.Equal("sha256:0", read.Output("image", "digest"));
        Assert.True(read.Rehearsal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Contains("[steps.image.outputs]", File.ReadAllText(Path), StringComparison.Ordinal);
        Assert.Contains("status = \"failed\"", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_the_file_calls_running_is_read_as_interrupted()
    {
        _file.Write(new InstallState().With("image", new StepState { Status = StepStatus.Running }));

        Assert.Equal(StepStatus.Interrupted, _file.Read().Of("image").Status);
    }

    [Theory]
    [InlineData("schema = 1\n[steps.image\nstatus = \"do")]
    [InlineData("schema = \"x\"\n")]
    [InlineData("schema = 1\n[steps.image]\nstatus = \"dancing\"\n")]
    public void The_error_of_a_damaged_file_names_the_place_and_the_file_is_kept_with_a_copy(string text)
    {
        File.WriteAllText(Path, text);

        var error = Refusal.Of(ErrorCode.FileUnreadable, _file.Read);

        Assert.Matches($"^{Path}:\\d+:\\d+: ", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(text, File.ReadAllText(Path));
        Assert.Equal(text, File.ReadAllText(Path + ".bak"));
    }

    [Fact]
    public void An_empty_state_file_does_not_count_as_a_new_host()
    {
        File.WriteAllText(Path, "");

        Refusal.Of(ErrorCode.FileUnreadable, _file.Read);
    }

    [Fact]
    public void A_file_of_a_newer_installer_is_refused()
    {
        File.WriteAllText(Path, "schema = 2\n");

        Assert.Contains("schema 2", Refusal.Of(ErrorCode.FileUnreadable, _file.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_fails_the_step_and_the_next_run_resumes()
    {
        const int NoSpaceLeft = 28;

        var full = new StateDirectoryUnusable(
            "state.toml: cannot be written",
            new IOException("No space left on device", NoSpaceLeft)
        );

        Assert.Equal(ExitCode.StepFailed, full.ExitCode);
        Assert.Contains("df -h", full.Hint, StringComparison.Ordinal);
        Assert.Equal(
            ExitCode.Usage,
            new StateDirectoryUnusable(
                "state.toml: cannot be written",
                new IOException("Read-only file system", 30)
            ).ExitCode
        );
    }

    public void Dispose() => _directory.Dispose();
}

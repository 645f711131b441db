using System.Diagnostics;
using ErpInstaller.Composition;
using ErpInstaller.Core.Ids;
using ErpInstaller.Lines;
using ErpInstaller.Run;
using ErpInstaller.Screens;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>The running installation, its result, and the choices after it.</summary>
public sealed class WatchingTests : IDisposable
{
    private static readonly RunStarted Began = new(
        "erp.example.com",
        "v15.75.1",
        Rehearsal: true,
        [.. InstallSteps.InOrder().Select(s => s.Id)]
    );

    private readonly ShownInstaller _shown = new();

    [Fact]
    public async Task The_screen_shows_progress_estimate_and_state_of_each_step()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(
            Began,
            new StepStarted(StepId.Apps, 1, "no lock file"),
            new StepFinished(StepId.Apps, StepStatus.Done, Skipped: false, 65, "8 apps locked"),
            new StepStarted(StepId.Image, 1, "not built"),
            new Progress(StepId.Image, "app 4 of 8: lms: installing", 0.5) { Note = "about 6 min left" }
        );

        await _shown.SeesAsync("app 4 of 8: lms: installing");
        Assert.Contains("about 6 min left", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("50 %", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("✓ apps         1:05", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("▶ image", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("›▶ image", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_app_of_the_image_shows_its_progress()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(
            Began,
            new StepStarted(StepId.Image, 1, "not built"),
            new AppBuilding(StepId.Image, "hrms", "fetching", Done: true, 12),
            new AppBuilding(StepId.Image, "hrms", "installing", Done: true, 95),
            new AppBuilding(StepId.Image, "hrms", "building the front end", Done: false, 0),
            new AppBuilding(StepId.Image, "crm", "fetching", Done: true, 0)
        );

        await _shown.SeesAsync("hrms           ✓ 0:12       ✓ 1:35       ▶");
        Assert.Contains("crm            ✓            ·            ·", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bar_never_runs_backwards()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(
            Began,
            new StepStarted(StepId.Image, 1, "not built"),
            new Progress(StepId.Image, "pulled", 0.10),
            new Progress(StepId.Image, "fetching", 0.08)
        );

        await _shown.SeesAsync("fetching");

        Assert.Contains("10 %", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_an_answer_opens_the_answers_of_the_failed_step()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(
            Began,
            new Finished(
                StepStatus.Failed,
                4,
                Rehearsal: true,
                StepId.Image,
                "BuildFailed",
                "hrms does not build",
                "Give it more memory"
            )
        );
        await _shown.SeesAsync("image failed");

        _shown.Press(Key.CursorDown, Key.Enter);

        await _shown.SeesAsync("The Docker image");
        _shown.Press(Key.Esc);
        await _shown.SeesAsync("The certificate");
    }

    [Fact]
    public async Task The_log_shows_the_earlier_run_until_a_new_one_begins()
    {
        await _shown.SeesAsync("New installation");
        await File.WriteAllTextAsync(
            _shown.In("install.log"),
            "2026-11-25T22:31:07.000Z image: hrms does not build\n",
            TestContext.Current.CancellationToken
        );

        _shown.Press(Key.F4);

        await _shown.SeesAsync("image: hrms does not build");
    }

    [Fact]
    public async Task The_screen_shows_each_container_with_state_restarts_and_last_event()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(
            Began,
            new StepStarted(StepId.Deployment, 1, "not there"),
            new Progress(StepId.Deployment, "erpnext: 0 of 6 healthy", null),
            Container("database", "running", healthy: true, restarts: 0, "Task started by client"),
            Container("backend", "pending", healthy: null, restarts: 2, "Exit Code: 1")
        );

        await _shown.SeesAsync("✓ database        healthy");
        Assert.Contains("· backend         pending 2 restarts", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("Exit Code: 1", _shown.Text, StringComparison.Ordinal);

        _shown.Install.Tell(Container("backend", "running", healthy: true, restarts: 2, "Task started by client"));
        await _shown.SeesAsync("✓ backend         healthy 2 restarts");

        // A long text does not move the table.
        var row = _shown.Screen.Lines.ToList().FindIndex(l => l.Contains("✓ database", StringComparison.Ordinal));
        var much = string.Join("; ", Enumerable.Repeat("backend: Task received by client", 5));
        _shown.Install.Tell(new Progress(StepId.Deployment, $"erpnext: 1 of 6 healthy; {much}", null));
        await _shown.SeesAsync("erpnext: 1 of 6 healthy");
        Assert.Contains("✓ database", _shown.Screen.Lines[row], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_shows_cause_hint_and_last_lines_and_Retry_starts_again()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(
            Began,
            new Finished(
                StepStatus.Failed,
                4,
                Rehearsal: true,
                StepId.Image,
                "BuildFailed",
                "hrms does not build: killed (137)",
                "Give it more memory: free -m"
            )
            {
                Details = ["yarn run v1.22", "Killed"],
            }
        );

        await _shown.SeesAsync("image failed");
        Assert.Contains("hrms does not build: killed (137)", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("Give it more memory: free -m", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("Killed", _shown.Text, StringComparison.Ordinal);

        _shown.Press(Key.Enter);
        await _shown.StartsAsync(2);
        await _shown.SeesAsync("Rehearsing");
    }

    [Fact]
    public async Task The_hint_of_a_failure_with_many_lines_is_visible()
    {
        await _shown.AtWorkAsync();
        var story = string.Join(' ', Enumerable.Repeat("the registry does not answer", 40));
        _shown.Install.Tell(
            Began,
            new Finished(
                StepStatus.Failed,
                4,
                Rehearsal: true,
                StepId.Image,
                "BuildFailed",
                story,
                "Start the registry: systemctl start registry"
            )
        );

        await _shown.SeesAsync("image failed");

        Assert.Contains("Start the registry: systemctl start registry", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("The rest is in the log.", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("Leave", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_screen_shows_the_address_and_saves_the_answers_without_overwriting_a_file()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(
            Began,
            new Finished(StepStatus.Done, 0, Rehearsal: true)
            {
                Outputs = new Dictionary<string, string> { ["url"] = "https://erp.example.com" },
            }
        );
        await _shown.SeesAsync("https://erp.example.com");

        _shown.Press(Key.S).Type(_shown.In("next.toml")).Press(Key.Enter);
        await _shown.SeesAsync("next.toml");
        await _shown.SeesAsync("✓ /");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_shown.In("next.toml")));

        _shown.Press(Key.S).Type(_shown.In("next.toml")).Press(Key.Enter);
        await _shown.SeesAsync("exists already");
    }

    [Fact]
    public async Task The_last_screen_shows_the_time_of_each_step_and_commands_for_the_same_state_directory()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(
            Began,
            new StepFinished(StepId.Image, StepStatus.Done, Skipped: false, 725, "built"),
            new StepFinished(StepId.Deployment, StepStatus.Done, Skipped: true, 1, "in place"),
            new StepFinished(StepId.Verification, StepStatus.Done, Skipped: true, 4, "answers"),
            new Finished(StepStatus.Done, 0, Rehearsal: true) { Seconds = 731 }
        );

        await _shown.SeesAsync("took         12:11: image 12:05, verification 0:04");
        var text = string.Concat(_shown.Screen.Lines.Select(l => l.Trim()));
        Assert.Contains(
            $"./erp-installer --answers {_shown.In("answers.toml")}the real installation",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"./erp-installer --rehearse --state-dir {_shown.Work.Directory.Path}the rehearsal again",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Leaving_says_that_the_installation_continues_and_stopping_asks_first()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(Began, new StepStarted(StepId.Image, 1, "not built"));
        await _shown.SeesAsync("Rehearsing: image");

        _shown.Press(Key.F10);
        Assert.Contains("separate process", _shown.Text, StringComparison.Ordinal);
        Assert.Contains(
            $"./erp-installer attach --rehearse --state-dir {_shown.Work.Directory.Path}",
            string.Join(' ', _shown.Screen.Lines.Select(l => l.Split('│')[^1].Trim())),
            StringComparison.Ordinal
        );
        _shown.Press(Key.Esc);
        await _shown.SeesAsync("Rehearsing: image");
        _shown.Press(Key.S);
        await _shown.SeesAsync("Stop the rehearsal?");
        Assert.False(_shown.Install.Stopped.Task.IsCompleted);
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("Rehearsing: image");

        await _shown.Install.Stopped.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Stop_and_leave_waits_until_the_installation_has_received_the_command()
    {
        var stopped = new TaskCompletionSource();
        using var shown = new ShownInstaller(install: new ScriptedInstall { Stopping = stopped.Task });
        await shown.AtWorkAsync();
        shown.Install.Tell(Began, new StepStarted(StepId.Image, 1, "not built"));
        await shown.SeesAsync("Rehearsing: image");

        shown.Press(Key.F10).Press(Key.S);
        Assert.False(shown.Work.Navigator.IsLeft);
        stopped.SetResult();

        await shown.UntilAsync(() => shown.Work.Navigator.IsLeft, "never left");
        Assert.True(shown.Install.Stopped.Task.IsCompleted);
        Assert.StartsWith(
            "The rehearsal is stopping. To resume it: ./erp-installer --rehearse",
            Summary(shown),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Leaving_prints_the_watched_result_as_plain_lines()
    {
        await _shown.SeesAsync("New installation");
        Assert.Equal("", Summary(_shown));

        await _shown.AtWorkAsync();
        _shown.Install.Tell(Began, new StepStarted(StepId.Image, 1, "not built"));
        await _shown.SeesAsync("Rehearsing: image");
        Assert.StartsWith(
            "The rehearsal continues. To watch it: ./erp-installer --rehearse",
            Summary(_shown),
            StringComparison.Ordinal
        );

        _shown.Install.Tell(
            new Finished(StepStatus.Done, 0, Rehearsal: true)
            {
                Seconds = 731,
                Outputs = new Dictionary<string, string> { ["url"] = "https://erp.example.com" },
            }
        );
        await _shown.SeesAsync("The rehearsal is done");
        Assert.Contains("https://erp.example.com", Summary(_shown), StringComparison.Ordinal);
        Assert.Contains("Nothing was installed.", Summary(_shown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_lines_leaves_the_keys_working_and_the_log_can_be_searched()
    {
        await _shown.AtWorkAsync();
        _shown.Install.Tell(Began, new StepStarted(StepId.Image, 1, "not built"));
        _shown.Install.Tell([
            .. Enumerable
                .Range(1, 100_000)
                .Select(n => new Log(StepId.Image, LogLevel.Output, n == 99_000 ? "the needle" : $"line {n}")),
        ]);
        await _shown.SeesAsync("line 100000");

        var began = Stopwatch.GetTimestamp();
        _shown.Press(Key.F4);
        var drawn = Stopwatch.GetElapsedTime(began);

        Assert.Contains("following, 100002 lines", _shown.Text, StringComparison.Ordinal);
        _shown.Press(new Key('/')).Type("needle").Press(Key.Enter);
        Assert.Contains("the needle", _shown.Text, StringComparison.Ordinal);
        _shown.Press(Key.F4);
        Assert.Contains("Rehearsing: image", _shown.Text, StringComparison.Ordinal);
        Assert.True(drawn < TimeSpan.FromSeconds(5), $"a key took {drawn}");
    }

    [Fact]
    public async Task Without_UTF8_only_ASCII_is_drawn()
    {
        using var plain = new ShownInstaller(unicode: false);
        await plain.AtSiteAsync();
        plain.Press(Key.Enter);
        await plain.SeesAsync("(*) self-signed");

        Assert.All(plain.Text, c => Assert.True(char.IsAscii(c), $"{c}"));
    }

    [Fact]
    public async Task A_running_installation_can_be_watched_from_its_first_event()
    {
        using var late = new ShownInstaller(install: new ScriptedInstall { IsAtWork = true });
        await late.SeesAsync("Watch the running rehearsal");
        late.Install.Tell(Began, new StepStarted(StepId.Certificate, 1, "none"));

        late.Press(Key.Enter);

        await late.SeesAsync("Rehearsing: certificate");
        Assert.Empty(late.Install.Started);
    }

    public void Dispose() => _shown.Dispose();

    private static string Summary(ShownInstaller shown)
    {
        using var written = new StringWriter();
        ExitSummary.Write(shown.Work, new PlainLines(written), new PlainLines(written));
        return written.ToString();
    }

    private static ContainerSeen Container(string group, string state, bool? healthy, int restarts, string last) =>
        new(StepId.Deployment, "erpnext", group, group, $"{group}-1", state, healthy, Failed: false, restarts, last);
}

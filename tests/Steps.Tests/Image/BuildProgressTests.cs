using ErpInstaller.Apps;
using ErpInstaller.Core.Assets;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>The progress messages of a build, on the test's own clock.</summary>
public sealed class BuildProgressTests : IDisposable
{
    private static readonly DockerfileText Dockerfile = DockerfileText.Generate(
        new AppsLock
        {
            Release = "v15.75.1",
            BuildImage = "frappe/build:v15.75.1",
            RuntimeImage = "frappe/erpnext:v15.75.1",
            Apps = [App("hrms"), App("crm"), App("lms")],
        },
        new AssetSource()
    );

    private readonly TestInstallation _installation = new() { Steps = [] };

    private IEnumerable<Progress> Published => _installation.Events.OfType<Progress>();

    public BuildProgressTests() => _installation.Directory.Prepare();

    [Fact]
    public void A_first_build_estimates_from_the_start_and_adapts_to_the_hosts_speed()
    {
        Build(secondsPerWeight: 10);

        Assert.Matches("^about [0-9]+ min left$", Published.First().Note!);
        var third = Published.ElementAt(Published.Count() / 3);
        var after = (Published.Last().At - third.At).TotalMinutes;
        var expected = int.Parse(
            third.Note!.Split(' ') is [_, var hours, "h", var minutes, ..]
                ? $"{(60 * int.Parse(hours, null)) + int.Parse(minutes, null)}"
                : third.Note.Split(' ')[1],
            null
        );
        Assert.InRange(expected, after * 0.8, (after * 1.2) + 2);
        Assert.Equal(Published.Select(p => p.Ratio).Order(), Published.Select(p => p.Ratio));
    }

    [Fact]
    public void Progress_follows_the_build_although_BuildKit_resolves_the_last_stage_first()
    {
        using (var log = Open())
        {
            var final = Dockerfile.Steps.Last(s => s.Instruction.StartsWith("FROM ", StringComparison.Ordinal));
            log.Add(new BuildEvent.Started(final.Instruction));
            log.Add(new BuildEvent.Done(final.Instruction, false));
        }

        Assert.Empty(Published);
        Build(secondsPerWeight: 1);
        Assert.Equal("preparing the builder", Published.First().Text);
        Assert.Equal("putting the image together", Published.Last().Text);
    }

    [Fact]
    public void Every_app_is_counted()
    {
        Build(secondsPerWeight: 10);

        Assert.Contains(Published, p => p.Text == "app 1 of 3: hrms: installing");
        Assert.Contains(Published, p => p.Text == "app 2 of 3: crm: fetching v1.0.0");
        Assert.Contains(Published, p => p.Text == "app 3 of 3: lms: building the front end");
    }

    [Fact]
    public void A_second_build_estimates_correctly_from_the_start()
    {
        Build(secondsPerWeight: 10);
        var before = _installation.Events.Count;
        var began = _installation.Time.GetUtcNow();

        Build(secondsPerWeight: 10);

        var took = (_installation.Time.GetUtcNow() - began).TotalMinutes;
        var first = _installation.Events.Skip(before).OfType<Progress>().First();
        Assert.Equal($"about {(int)Math.Ceiling(took)} min left", first.Note);
        var middle = _installation
            .Events.Skip(before)
            .OfType<Progress>()
            .MinBy(p => Math.Abs((p.At - began).TotalMinutes - (took / 2)))!;
        Assert.InRange(middle.Ratio!.Value / 0.8, 0.4, 0.6);
    }

    [Fact]
    public void A_new_ref_of_an_app_is_estimated_like_the_old_one()
    {
        Build(secondsPerWeight: 30);

        Assert.Contains(
            "\"crm: fetching\" = ",
            File.ReadAllText(_installation.Directory.In("build-times.toml")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Cached_parts_are_not_recorded()
    {
        Build(secondsPerWeight: 30);
        var times = File.ReadAllText(_installation.Directory.In("build-times.toml"));

        Build(secondsPerWeight: 0, cached: true);

        Assert.Equal(times, File.ReadAllText(_installation.Directory.In("build-times.toml")));
    }

    [Fact]
    public void An_unreadable_file_of_times_affects_only_the_estimate()
    {
        File.WriteAllText(_installation.Directory.In("build-times.toml"), "seconds = [");

        Build(secondsPerWeight: 10);

        Assert.EndsWith("left", Published.First().Note!, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silent_build_is_reported_each_quarter_of_an_hour_and_goes_on()
    {
        using var log = Open();
        var slow = Dockerfile.Steps.Last(s => s.Description == "crm: building the front end");
        log.Add(new BuildEvent.Started(slow.Instruction));

        _installation.Time.Advance(TimeSpan.FromSeconds(5));
        var early = Published.Last();
        _installation.Time.Advance(TimeSpan.FromSeconds(10));
        var quiet = Published.Last();
        _installation.Time.Advance(TimeSpan.FromMinutes(14));
        var before = Warnings().Count;
        _installation.Time.Advance(TimeSpan.FromMinutes(1));
        var once = Warnings();
        _installation.Time.Advance(TimeSpan.FromMinutes(15));

        Assert.DoesNotContain("last output", early.Note!, StringComparison.Ordinal);
        Assert.EndsWith(" · last output 15 s ago", quiet.Note, StringComparison.Ordinal);
        Assert.Equal(0, before);
        Assert.StartsWith(
            "crm: building the front end: no output for 15 min; the build still runs",
            Assert.Single(once),
            StringComparison.Ordinal
        );
        Assert.Equal(2, Warnings().Count);
    }

    [Fact]
    public void Output_ends_the_silence()
    {
        using var log = Open();
        var slow = Dockerfile.Steps.Last(s => s.Description == "crm: building the front end");
        log.Add(new BuildEvent.Started(slow.Instruction));
        for (var i = 0; i < 40; i++)
        {
            _installation.Time.Advance(TimeSpan.FromMinutes(1));
            log.Add(new BuildEvent.Line(slow.Instruction, "✓ 1234 modules transformed"));
        }

        Assert.Empty(Warnings());
    }

    /// <inheritdoc/>
    public void Dispose() => _installation.Dispose();

    private List<string> Warnings() =>
        [.. _installation.Events.OfType<Log>().Where(l => l.Level == LogLevel.Warning).Select(l => l.Line)];

    private BuildLog Open() =>
        new(_installation.ContextOf(new ImageStep()), Dockerfile, from: 0, to: 0.8, parallel: false);

    private void Build(double secondsPerWeight, bool cached = false)
    {
        using var log = Open();
        foreach (var step in Dockerfile.Steps)
        {
            log.Add(new BuildEvent.Started(step.Instruction));
            _installation.Time.Advance(TimeSpan.FromSeconds(step.Weight * secondsPerWeight));
            log.Add(new BuildEvent.Done(step.Instruction, cached));
        }
    }

    private static LockedApp App(string name) =>
        new()
        {
            Name = name,
            Url = $"https://example.com/{name}",
            Ref = "v1.0.0",
            Commit = new string('a', 40),
        };
}

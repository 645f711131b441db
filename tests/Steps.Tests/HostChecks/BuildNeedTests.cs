using ErpInstaller.Answers;
using ErpInstaller.HostChecks;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Host;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>The chosen apps decide how much memory and disk space the Docker engine's host needs.</summary>
public sealed class BuildNeedTests
{
    private const long GB = 1_000_000_000,
        GiB = 1L << 30;

    [Theory]
    [InlineData("lms", VerdictKind.Warn, "4.7 GiB free to build the image: the front end of lms takes the most")]
    [InlineData("crm", VerdictKind.Pass, "16 GB (15.0 GiB usable; from 14.0 with a warning)")]
    [InlineData("hrms", VerdictKind.Pass, "16 GB (15.0 GiB usable; from 14.0 with a warning)")]
    [InlineData("lending", VerdictKind.Pass, "16 GB (15.0 GiB usable; from 14.0 with a warning)")]
    public void Free_memory_must_suffice_for_the_largest_front_end(string app, VerdictKind kind, string needed)
    {
        var verdict = new MemoryCheck().Judge(new MemoryFact(16 * GiB, null, 4 * GiB), Choose(app));

        Assert.Equal((kind, needed), (verdict.Kind, verdict.Needed));
    }

    [Theory]
    [InlineData(50, "hrms", "crm", "helpdesk", "insights", "gameplan", "lms", "healthcare", "lending")]
    [InlineData(39, "crm")]
    [InlineData(38, "lending")]
    public void The_disk_must_have_room_for_the_chosen_apps(int needed, params string[] apps)
    {
        Assert.Equal(VerdictKind.Pass, Judge(needed * GB).Kind);
        Assert.Equal(VerdictKind.Warn, Judge((needed - 1) * GB).Kind);
        Assert.Equal($"{needed} GB free (from {needed - 5} with a warning) on /", Judge((needed - 1) * GB).Needed);

        Verdict Judge(long free)
        {
            var use = new DiskUse(DiskPurpose.Docker, "/var/lib/docker", Disk("/", 1, free));
            return new DiskCheck().Judge(new DiskFact([use]), Choose(apps));
        }
    }

    [Fact]
    public void An_existing_image_needs_no_room_for_a_build()
    {
        var image = new ImageAnswers { Source = ImageSource.Existing, Reference = "erpnext:1" };
        var answers = new AnswerFile { Image = image };

        Assert.StartsWith("37 GB free", new DiskCheck().Needed(answers), StringComparison.Ordinal);
    }

    // Images are kept by the engine, by its own containerd below its directory, or by the host's containerd.
    [Theory]
    [InlineData("overlay2", "/run/containerd/containerd.sock", "/data/docker")]
    [InlineData("overlayfs", "/var/run/docker/containerd/containerd.sock", "/data/docker")]
    [InlineData("overlayfs", "/run/containerd/containerd.sock", "/data/docker", "/var/lib/containerd")]
    public async Task The_disks_of_the_Docker_engine_are_measured(
        string driver,
        string containerd,
        params string[] expected
    )
    {
        await using var said = new EngineWithAnswers(
            ("/version", """{"Version": "28.2.2", "ApiVersion": "1.50"}"""),
            (
                "/info",
                $$$"""
                {
                  "DockerRootDir": "/data/docker", "Driver": "{{{driver}}}", "Architecture": "x86_64",
                  "DriverStatus": [["driver-type", "{{{(
                    driver == "overlayfs" ? "io.containerd.snapshotter.v1" : "extfs"
                )}}}"]],
                  "Containerd": { "Address": "{{{containerd}}}" }
                }
                """
            )
        );
        using var engine = new DockerEngine(said.Address);
        using var installation = new TestInstallation { Docker = engine };
        var stop = TestContext.Current.CancellationToken;

        var probe = new HostProbe(installation.ContextOf(new HostChecksStep()), null, stop);
        var fact = await new DiskCheck().CollectAsync(probe, stop);

        var looked = fact.Uses.Where(u => u.Purpose is DiskPurpose.Docker or DiskPurpose.Images);
        Assert.Equal(expected, looked.Select(u => u.Path));
    }

    [Fact]
    public void Room_for_images_is_required_on_the_disk_that_holds_them()
    {
        var fact = new DiskFact([
            new DiskUse(DiskPurpose.Docker, "/data/docker", Disk("/data", 1, 31 * GB)),
            new DiskUse(DiskPurpose.Images, "/var/lib/containerd", Disk("/", 2, 8 * GB)),
        ]);

        var verdict = new DiskCheck().Judge(fact, Choose("crm"));

        Assert.Equal(VerdictKind.Warn, verdict.Kind);
        Assert.Equal(
            "30 GB free (from 25 with a warning) on /data; 9 GB free (from 4 with a warning) on /",
            verdict.Needed
        );
    }

    private static AnswerFile Choose(params string[] apps) => new() { Apps = new AppsAnswers { Install = [.. apps] } };

    private static FileSystemReading Disk(string mount, int device, long free) =>
        new($"{device}:0", mount, "ext4", 200 * GB, free);
}

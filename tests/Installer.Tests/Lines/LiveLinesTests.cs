using ErpInstaller.Lines;
using ErpInstaller.Run;

namespace ErpInstaller.Tests.Lines;

/// <summary>How a running installation looks as lines and as metrics.</summary>
public sealed class LiveLinesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 1, 0, 0, TimeSpan.Zero);
    private readonly StringWriter _written = new() { NewLine = "\n" };

    public void Dispose() => _written.Dispose();

    [Fact]
    public void Each_value_has_a_line_with_its_level_and_a_fault_has_its_hint()
    {
        new PlainFrontEnd(new PlainLines(_written), new PlainLines(_written)).Show(Status());

        Assert.Equal(
            """
            down     site                 https://erp.example.com/api/method/ping; status 502: no backend
                     hint: erp-installer plan
            warns    certificate          9 days left, until 2026-12-08; it expires soon
            well     DNS                  192.0.2.10
            well     scheduler            the last job began 2 min ago
            well     queue short          3 waiting, 1 running, 0 failed, the oldest for 40 s
            well     workers              2 of 2, 1 busy
            well     backup               26 h ago, by schedule
            well     disk of the sites    31.0 GB of 50.0 GB free
            warns    disk of the database 4.1 GB of 50.0 GB free; nearly full: 4.1 GB free
            well     apps                 8 apps beside ERPNext, locked 2026-11-20
            well     backend              running, for 3 h, restarts: 2, CPU 130 of 2000 m, memory 900 of 4096 MiB
            down     frontend             absent; there is no container
            unknown  CPU and memory: not published

            """.ReplaceLineEndings("\n"),
            _written.ToString()
        );
    }

    [Fact]
    public void The_summary_names_what_is_down_first()
    {
        var status = Status();

        Assert.Equal("The site does not answer. Down: frontend, site.", LiveLines.Summary(status));
        Assert.Equal(
            "Down: frontend.",
            LiveLines.Summary(status with { Answer = status.Answer with { Level = LiveLevel.Well } })
        );
        Assert.Equal(
            "It runs. To look into: certificate, disk of the database.",
            LiveLines.Summary(
                status with
                {
                    Level = LiveLevel.Warns,
                    Containers = [],
                    Answer = status.Answer with { Level = LiveLevel.Well },
                }
            )
        );
    }

    [Fact]
    public void Metrics_have_their_help_their_type_and_base_units()
    {
        var text = new Metrics(_written, new PlainLines(_written)).TextOf(Status());

        Assert.Contains(
            """
            # HELP erpnext_container_memory_bytes Memory without the cache of files.
            # TYPE erpnext_container_memory_bytes gauge
            erpnext_container_memory_bytes{site="erp.example.com",subject="backend"} 943718400

            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("erpnext_up{site=\"erp.example.com\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "erpnext_container_cpu_cores{site=\"erp.example.com\",subject=\"backend\"} 0.13\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "erpnext_queue_length{site=\"erp.example.com\",queue=\"short\"} 3\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "erpnext_disk_free_bytes{site=\"erp.example.com\",disk=\"the database\"} 4100000000\n",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "erpnext_level{site=\"erp.example.com\",subject=\"frontend\"} 3\n",
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_line_of_the_metrics_is_a_comment_or_a_sample()
    {
        var text = new Metrics(_written, new PlainLines(_written)).TextOf(Status() with { Site = "a\"b\\c\nd" });

        Assert.All(text.TrimEnd('\n').Split('\n'), line =>
            Assert.Matches(
                """^(# (HELP|TYPE) erpnext_\w+ .+|erpnext_[a-z_]+\{site="a\\"b\\\\c\\nd"(,\w+="[^"]+")?\} -?[\d.]+)$""",
                line
            )
        );
    }

    [Fact]
    public void A_value_that_is_not_known_is_no_zero()
    {
        var text = new Metrics(_written, new PlainLines(_written)).TextOf(Status());

        Assert.DoesNotContain("erpnext_site_answer_seconds{", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "container_memory_bytes{site=\"erp.example.com\",subject=\"frontend\"",
            text,
            StringComparison.Ordinal
        );
    }

    private static LiveStatus Status() =>
        new("erp.example.com", "v15.75.1", LiveLevel.Down)
        {
            At = Now,
            Containers =
            [
                new LiveContainer("backend", "erpnext", "backend", "backend")
                {
                    State = "running",
                    Started = Now.AddHours(-3.5),
                    Restarts = 2,
                    CpuMillicores = 130,
                    CpuReservedMillicores = 2000,
                    MemoryMebibytes = 900,
                    MemoryLimitMebibytes = 4096,
                },
                new LiveContainer("frontend", "erpnext", "frontend", "frontend")
                {
                    Level = LiveLevel.Down,
                    Why = "there is no container",
                },
            ],
            Answer = new LiveAnswer("https://erp.example.com/api/method/ping")
            {
                Level = LiveLevel.Down,
                Why = "status 502: no backend",
                Hint = "erp-installer plan",
            },
            Certificate = new LiveCertificate(Now.AddDays(9.5), 9.5)
            {
                Level = LiveLevel.Warns,
                Why = "it expires soon",
            },
            Name = new LiveName(["192.0.2.10"]),
            Scheduler = new LiveScheduler { Enabled = true, LastJobSeconds = 140 },
            Queues = [new LiveQueue("short", 3, 1, 0, 0) { OldestSeconds = 40 }],
            Workers = new LiveWorkers(2) { Count = 2, Busy = 1 },
            Backup = new LiveBackup
            {
                Id = "4f3c2b1a",
                By = "schedule",
                Time = Now.AddHours(-26),
                AgeSeconds = 26 * 3600,
            },
            Disks =
            [
                new LiveDisk(LiveDisk.OfSites, 31_000_000_000, 50_000_000_000),
                new LiveDisk(LiveDisk.OfDatabase, 4_100_000_000, 50_000_000_000)
                {
                    Level = LiveLevel.Warns,
                    Why = "nearly full: 4.1 GB free",
                },
            ],
            Apps = new LiveApps(8, Now.AddDays(-9), []),
            Missing = ["CPU and memory: not published"],
        };
}

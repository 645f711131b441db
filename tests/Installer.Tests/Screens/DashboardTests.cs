using System.Text;
using System.Threading.Channels;
using ErpInstaller.Run;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>The dashboard: what it shows, and what it sends over a slow line.</summary>
public sealed class DashboardTests : IDisposable
{
    private const int MostPerSecond = 1000;

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 1, 0, 0, TimeSpan.Zero);

    private static readonly string[] Groups =
    [
        "database",
        "redis-cache",
        "redis-queue",
        "redis-socketio",
        "backend",
        "websocket",
        "frontend",
        "scheduler",
        "queue-short",
        "queue-long",
    ];

    private readonly Channel<LiveStatus> _looks = Channel.CreateUnbounded<LiveStatus>();
    private readonly ShownInstaller _shown;
    private int _begun;
    private int _taken;

    public DashboardTests()
    {
        _shown = new ShownInstaller(live: LookAsync);
        _shown.ScreenFlow.Dashboard();
    }

    public void Dispose() => _shown.Dispose();

    [Fact]
    public async Task It_shows_twelve_containers_and_every_value_on_80_by_24()
    {
        await SeeAsync(Status(0));

        Assert.All(Groups, g => Assert.Contains($"✓ {g}", _shown.Text, StringComparison.Ordinal));
        string[] values =
        [
            "✓ configurator, create-site: ended",
            "✓ site",
            "✓ certificate",
            "✓ DNS",
            "✓ scheduler",
            "✓ queues",
            "✓ workers",
            "✓ backup",
            "✓ disk        sites 31 of 50 GB free, database 20 of 50 GB free",
            "✓ apps",
        ];
        Assert.All(values, v => Assert.Contains(v, _shown.Text, StringComparison.Ordinal));
        Assert.Contains("All is well", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("3 h", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_on_80_by_24_at_once()
    {
        var status = Status(0);
        status = status with
        {
            Level = LiveLevel.Down,
            Containers =
            [
                .. status.Containers.Select(
                    (c, i) =>
                        i % 2 == 0
                            ? c with
                            {
                                State = "absent",
                                Level = LiveLevel.Down,
                                Why = "there is no container",
                            }
                            : c
                ),
            ],
            Answer = Down(status.Answer),
            Certificate = Down(status.Certificate!),
            Name = Down(status.Name),
            Scheduler = Down(status.Scheduler),
            Queues = [Down(status.Queues[0])],
            Workers = Down(status.Workers),
            Backup = Down(status.Backup),
            Disks = [.. status.Disks.Select(Down)],
            Apps = Down(status.Apps),
            Missing = ["CPU and memory: not published"],
        };
        await SeeAsync(status);

        Assert.Equal(10, _shown.Screen.Lines.Count(l => l.Contains("fault of ", StringComparison.Ordinal)));
        Assert.Contains("database: fault of disk of the database", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("database, redis-queue, backend", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("not published", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("Something is down", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_containers_and_all_values_at_fault_fit_on_80_by_24_too()
    {
        await SeeAsync(
            AllWrong(i => i < 5 ? "restarted once, the last time within half an hour" : "its memory is nearly full")
        );

        Assert.All(Groups, g => Assert.Contains(g, _shown.Text, StringComparison.Ordinal));
        Assert.Equal(10, _shown.Screen.Lines.Count(l => l.Contains("fault of ", StringComparison.Ordinal)));
        Assert.Contains("backend: restarted", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("queue-long: its memory", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_is_nearly_full_says_which_one_and_a_hint_names_the_key_that_helps()
    {
        var status = Status(0);
        await SeeAsync(
            status with
            {
                Disks =
                [
                    status.Disks[0],
                    status.Disks[1] with
                    {
                        Level = LiveLevel.Warns,
                        Why = "nearly full: 4.1 GB free",
                    },
                ],
                Backup = status.Backup with
                {
                    Level = LiveLevel.Warns,
                    Why = "none is known",
                    Hint = "erp-installer backup",
                },
            }
        );

        Assert.Contains("! disk        database: nearly full: 4.1 GB free", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("✓ disk        sites 31 of 50 GB free", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("backup: b makes one", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("container        up      restarts", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_is_counted_with_the_command_that_lists_it()
    {
        await SeeAsync(AllWrong(i => $"fault number {i}"));

        // 24 rows have room for 19 lines; there are 10 containers and 10 values.
        Assert.Contains("✗ 2 more: status --live lists everything", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_stands_beside_a_container_where_there_is_room()
    {
        _shown.Screen.Resize(120, 40);

        await SeeAsync(AllWrong(_ => "restarted once, the last time within half an hour"));

        Assert.Contains("50 %  restarted once, the last time", _shown.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59, "✓ queues      short 1, default 0, long 0")]
    [InlineData(200, "✓ queues      short 1, default 0, long 0, oldest 3 min")]
    public async Task A_queue_names_the_age_of_its_oldest_job_in_minutes(double seconds, string expected)
    {
        var status = Status(0);
        await SeeAsync(
            status with
            {
                Queues = [new LiveQueue("short", 1, 0, 0, 0) { OldestSeconds = seconds }, .. status.Queues.Skip(1)],
            }
        );

        Assert.Contains(expected, _shown.Text, StringComparison.Ordinal);
        Assert.Equal(seconds >= 60, _shown.Text.Contains("oldest", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(60, "last job <5 min ago")]
    [InlineData(420, "last job 7 min ago")]
    public async Task The_scheduler_has_its_heartbeat(double seconds, string expected)
    {
        var status = Status(0);
        await SeeAsync(status with { Scheduler = status.Scheduler with { LastJobSeconds = seconds } });

        Assert.Contains($"✓ scheduler   {expected}", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_age_of_a_new_backup_is_not_counted_in_seconds()
    {
        var status = Status(0);
        await SeeAsync(status with { Backup = status.Backup with { AgeSeconds = 6 } });

        Assert.Contains("✓ backup      <1 min ago, by schedule", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_that_finds_the_same_sends_nothing()
    {
        await SeeAsync(Status(0));
        for (var look = 1; look <= 20; look++)
        {
            // Small changes that an idle installation has: time passes, CPU and memory waver, an answer takes longer.
            var sent = await CostAsync(Status(look % 3) with { At = Now.AddSeconds(5 * look) });
            Assert.True(sent == 0, $"look {look} sent {sent} bytes\n{_shown.Text}");
        }
    }

    [Fact]
    public async Task A_look_at_which_all_twelve_have_changed_sends_less_than_a_kilobyte_each_second()
    {
        await SeeAsync(Status(0));
        const int SecondsBetweenLooks = 5;
        foreach (var percent in new[] { 90, 10, 55 })
        {
            var sent = await CostAsync(Busy(percent));
            Assert.InRange(sent, 1, MostPerSecond * SecondsBetweenLooks);
            Assert.InRange(sent, 1, 2 * MostPerSecond);
        }
    }

    [Fact]
    public async Task Nothing_is_read_while_another_screen_is_shown_and_it_looks_again_afterwards()
    {
        await SeeAsync(Status(0));
        _shown.Press(Key.F1);
        _looks.Writer.TryWrite(Status(0));
        await _shown.UntilAsync(() => Volatile.Read(ref _taken) == 2, "the look under way did not end");
        _looks.Writer.TryWrite(Busy(90));
        await _shown.SeesAsync("How the installation is now");
        Assert.Equal(2, Volatile.Read(ref _taken));

        _shown.Press(Key.F1);

        await _shown.UntilAsync(() => Volatile.Read(ref _taken) == 3, "it does not look again");
    }

    [Fact]
    public async Task What_an_update_could_not_do_is_said_until_the_dashboard_is_entered_again()
    {
        await SeeAsync(Status(0));
        File.WriteAllText(_shown.In("answers.toml"), "[site\n");

        _shown.Press(new Key('u'));
        await _shown.SeesAsync("answers.toml");
        _shown.Press(Key.F1);
        await _shown.SeesAsync("How the installation is now");
        _shown.Press(Key.F1);

        await _shown.SeesAsync("✓ database");
        Assert.DoesNotContain("answers.toml", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_that_was_interrupted_is_named_with_the_command_that_continues_it()
    {
        using var again = new ShownInstaller(
            before: directory =>
                File.WriteAllText(
                    Path.Combine(directory, "restore.toml"),
                    "schema = 1\nrun = \"1\"\ncommand = \"erp-installer restore 4f3c2b1a --replace erp.example.com\"\n"
                        + "[steps]\n[steps.restore]\nstatus = \"running\"\nstarted = 2026-11-29T00:30:00Z\n"
                ),
            live: LookAsync
        );
        again.ScreenFlow.Dashboard();

        await again.SeesAsync("The last restore did not end well: F1 shows how to continue it");
        again.Press(Key.F1);
        Assert.Matches(
            @"interrupted at restore\. Continue\s+it:\s+\./erp-installer\s+restore[\s\S]*--replace\s+erp\.example\.com",
            again.Text
        );
    }

    [Theory]
    [InlineData(120, 40)]
    [InlineData(80, 24)]
    public async Task Nonsense_from_outside_stays_in_its_cells(int width, int height)
    {
        _shown.Screen.Resize(width, height);
        var status = Status(0);
        await SeeAsync(
            status with
            {
                Level = LiveLevel.Warns,
                Name = status.Name with { Level = LiveLevel.Warns, Why = $"\e[31m{new string('x', 500)}\u202e漢字" },
                Missing = [new string('ß', 400), "", "\n\n\n"],
            }
        );

        Assert.DoesNotContain("\e[31mx", string.Concat(_shown.Screen.Sent.Output), StringComparison.Ordinal);
        Assert.Contains("✓ database", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("F10 leave", _shown.Text, StringComparison.Ordinal);
    }

    private static LiveStatus AllWrong(Func<int, string> why)
    {
        var status = Status(0);
        return status with
        {
            Level = LiveLevel.Down,
            Containers =
            [
                .. status
                    .Containers.Where(c => !c.Ends)
                    .Select((c, i) => c with { Level = LiveLevel.Warns, Why = why(i) }),
            ],
            Answer = Down(status.Answer),
            Certificate = Down(status.Certificate!),
            Name = Down(status.Name),
            Scheduler = Down(status.Scheduler),
            Queues = [Down(status.Queues[0])],
            Workers = Down(status.Workers),
            Backup = Down(status.Backup),
            Disks = [.. status.Disks.Select(Down)],
            Apps = Down(status.Apps),
        };
    }

    private static T Down<T>(T value)
        where T : LiveValue => value with { Level = LiveLevel.Down, Why = $"fault of {value.Subject}" };

    private async Task<LiveStatus> LookAsync(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _begun);
        var status = await _looks.Reader.ReadAsync(cancellation);
        Interlocked.Increment(ref _taken);
        return status;
    }

    // When the next look has begun, this one is drawn.
    private async Task SeeAsync(LiveStatus status)
    {
        await _shown.UntilAsync(() => Volatile.Read(ref _begun) > Volatile.Read(ref _taken), "no look has begun");
        var begun = Volatile.Read(ref _begun);
        _looks.Writer.TryWrite(status);
        await _shown.UntilAsync(() => Volatile.Read(ref _begun) == begun + 1, "the look was not drawn");
    }

    private async Task<int> CostAsync(LiveStatus status)
    {
        var before = _shown.Screen.Sent.Output.Count;
        await SeeAsync(status);
        return _shown.Screen.Sent.Output.Skip(before).Sum(o => Encoding.UTF8.GetByteCount(o));
    }

    private static LiveStatus Busy(int percent)
    {
        var status = Status(0);
        return status with
        {
            Containers =
            [
                .. status.Containers.Select(c =>
                    c.Ends
                        ? c
                        : c with
                        {
                            Started = Now.AddMinutes(-percent),
                            Restarts = percent,
                            CpuMillicores = percent * 10,
                            MemoryMebibytes = percent * 10,
                        }
                ),
            ],
        };
    }

    private static LiveStatus Status(int waver) =>
        new("erp.example.com", "v15.75.1", LiveLevel.Well)
        {
            At = Now,
            Containers =
            [
                .. Groups.Select(g => new LiveContainer(g, "erpnext", g, g)
                {
                    State = "running",
                    Allocation = g,
                    Started = Now.AddHours(-3.5),
                    CpuMillicores = 20 + (10 * waver),
                    CpuReservedMillicores = 1000,
                    MemoryMebibytes = 500 + (12 * waver),
                    MemoryLimitMebibytes = 1000,
                }),
                .. new[] { "configurator", "create-site" }.Select(t => new LiveContainer(t, "erpnext-init", "init", t)
                {
                    State = "dead",
                    Ends = true,
                }),
            ],
            Answer = new LiveAnswer("https://erp.example.com/api/method/ping")
            {
                Status = 200,
                Seconds = 0.04 + (0.05 * waver),
            },
            Certificate = new LiveCertificate(Now.AddDays(90), 90.5 - (0.001 * waver)),
            Name = new LiveName(["192.0.2.10"]),
            Scheduler = new LiveScheduler { Enabled = true, LastJobSeconds = 60 + (70 * waver) },
            Queues =
            [
                new LiveQueue("short", 0, 0, 0, 0),
                new LiveQueue("default", 0, 0, 0, 0),
                new LiveQueue("long", 0, 0, 0, 0),
            ],
            Workers = new LiveWorkers(2) { Count = 2, Busy = 0 },
            Backup = new LiveBackup
            {
                Id = "4f3c2b1a",
                By = "schedule",
                AgeSeconds = (9 * 3600) + (5 * waver),
            },
            Disks =
            [
                new LiveDisk(LiveDisk.OfSites, 31_500_000_000 - (1_000_000 * waver), 50_000_000_000),
                new LiveDisk(LiveDisk.OfDatabase, 20_500_000_000 - (1_000_000 * waver), 50_000_000_000),
            ],
            Apps = new LiveApps(8, Now.AddDays(-9), []),
        };
}

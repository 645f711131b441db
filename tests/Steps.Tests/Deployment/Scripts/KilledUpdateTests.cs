using System.Globalization;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>
/// Updates whose containers are killed at random moments, with a real MariaDB and a real restic: the site ends as the
/// new one or as the old one, visitors never get anything between, and no row of before is lost.
/// <c>ERP_KILLED_UPDATES</c> sets how many there are, <c>ERP_KILLED_SEED</c> which moments.
/// </summary>
public sealed class KilledUpdateTests
{
    private const string Old = "aaaaaaaaaaaa";
    private const string New = "bbbbbbbbbbbb";
    private const double RecordLost = 0.15;

    private static readonly int Updates = Number("ERP_KILLED_UPDATES", 10);

    private readonly Random _random = new(Number("ERP_KILLED_SEED", 20261128));

    // Seconds that each part took at its last run that was not killed.
    private readonly Dictionary<string, double> _durations = [];
    private readonly Dictionary<string, int> _kills = [];
    private UpdatedSite _site = null!;

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } number
            ? int.Parse(number, CultureInfo.InvariantCulture)
            : otherwise;

    [Fact]
    public async Task A_killed_update_ends_as_the_new_site_or_as_the_old_one_and_keeps_every_row()
    {
        DockerEnvironment.Require();
        await using var site = await UpdatedSite.StartAsync();
        _site = site;
        var rows = new List<string>();
        for (var number = 0; number < Updates + 2; number++)
        {
            rows.Add($"row-{number}");
            await _site.SqlAsync($"INSERT INTO tabInvoice (name, amount) VALUES ('{rows[^1]}', {number})");
            // The first two measure how long each part takes.
            var (fails, killed) = (number < 2 ? number == 1 : _random.Next(2) == 1, number >= 2);

            await UpdateAsync(fails, killed);

            var expected = fails ? SiteState.Old : SiteState.New;
            Assert.Equal((number, expected), (number, await _site.StateAsync()));
            Assert.Equal(rows.Order(StringComparer.Ordinal), await _site.RowsAsync());
            Assert.Equal("app-erpnext.done complete created revision schema", await _site.MarkersAsync());
            if (!fails)
            {
                await GoBackAsync(killed);
                Assert.Equal((number, SiteState.Old), (number, await _site.StateAsync()));
                Assert.Equal(rows.Order(StringComparer.Ordinal), await _site.RowsAsync());
            }

            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{number + 1} updates, kills: {string.Join(", ", _kills.Select(k => $"{k.Key} {k.Value}"))}"
            );
        }

        Assert.True(_kills.Values.Sum() >= Updates / 2, "hardly any update was killed");
    }

    // As UpdateGuard and JobRollout order the parts. Each one is a container, and the next start of the installer
    // repeats the one that was under way.
    private async Task UpdateAsync(bool fails, bool killed)
    {
        string[] parts = fails
            ? ["close", "backup", "fail", "back", "old", "open"]
            : ["close", "backup", "migrate", "open"];
        await RunAsync(parts, killed);
    }

    private Task GoBackAsync(bool killed) => RunAsync(["close", "back", "old", "open"], killed);

    private async Task RunAsync(string[] parts, bool killed)
    {
        var kills = killed ? _random.Next(1, 3) : 0;
        for (var at = 0; at < parts.Length; )
        {
            // A short part is killed as often as a long one.
            var isKilled = kills > 0 && _random.Next(parts.Length - at) == 0;
            if (await RunAsync(parts[at], isKilled) is { } wasKilled && wasKilled)
            {
                kills--;
                _kills[parts[at]] = _kills.GetValueOrDefault(parts[at]) + 1;
                await AssertNothingBetweenIsServedAsync();
                continue;
            }

            // The installer may be killed before it records that a part is done. A migration that failed is known.
            at += killed && parts[at] is not "fail" && _random.NextDouble() < RecordLost ? 0 : 1;
        }
    }

    private async Task<bool> RunAsync(string part, bool isKilled)
    {
        var limit = isKilled ? _random.NextDouble() * _durations[part] : 300;
        var began = TimeProvider.System.GetTimestamp();
        var run = await _site.RunAsync(part, limit);
        if (run.ExitCode == UpdatedSite.Killed)
        {
            return true;
        }

        Assert.True(run.ExitCode == (part == "fail" ? 1 : 0), $"{part}: exit code {run.ExitCode}\n{run.Output}");
        _durations[part] = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        return false;
    }

    private async Task AssertNothingBetweenIsServedAsync()
    {
        if (!await _site.IsClosedAsync())
        {
            Assert.NotEqual(SiteState.Between, await _site.StateAsync());
        }
    }

    private enum SiteState
    {
        Old,
        New,
        Between,
    }

    /// <summary>
    /// A site in two benches, the old image and the new one, whose migration doubles each amount into a new column.
    /// </summary>
    private sealed class UpdatedSite : IAsyncDisposable
    {
        public const int Killed = 137;

        private const string Site = "erp.example.com";
        private const string Bench = "/home/frappe/frappe-bench";
        private const string RootPassword = "RootSecret4711";

        private static readonly string[] Variables =
        [
            $"SITE={Site}",
            "APPS=erpnext",
            "REPOSITORY=/backups",
            "LINGER=0",
            "LAST_WORDS_SECONDS=0",
            "FRAPPE_REDIS_CACHE=redis://redis-cache:6379/7",
        ];

        private readonly DockerEnvironment _docker = DockerEnvironment.Require();
        private readonly string _name = $"updated-{Guid.NewGuid():N}"[..20];
        private readonly TemporaryDirectory _files = new();
        private string _snapshot = "";

        public static async Task<UpdatedSite> StartAsync()
        {
            var site = new UpdatedSite();
            site.WriteFiles();
            await site.StartContainersAsync();
            (await site.RunAsync("old", 300)).Succeeded();
            await site.SqlAsync("CREATE TABLE tabInvoice (name varchar(140) PRIMARY KEY, amount int)");
            return site;
        }

        /// <summary>Runs a part of an update in its image, and kills it with all its programs after a time.</summary>
        public async Task<ProgramRun> RunAsync(string part, double seconds)
        {
            const string init = "bash /local/configurator.sh && bash /local/create-site.sh";
            string Stopped(string revision) => $"REVISION={revision} NOMAD_META_APPLICATION_STOPPED={revision}";
            var (image, variables, command) = part switch
            {
                "close" => ("old", "ACTION=close WAIT_SECONDS=60 RUN=1 IMAGE=old", Script("update.py")),
                "open" => ("old", "ACTION=open", Script("update.py")),
                "back" => ("old", $"ACTION=back SNAPSHOT={_snapshot}", $"{Script("update.py")} 2>/dev/null"),
                "backup" => (
                    "old",
                    "ACTION=backup RUN=1 BY=safeguard KEEP_DAILY=1 KEEP_WEEKLY=0 KEEP_MONTHLY=0",
                    Script("backup.py")
                ),
                "old" => ("old", Stopped(Old), init),
                "migrate" => ("new", Stopped(New), init),
                "fail" => ("new", $"{Stopped(New)} STANDIN_PATCH=fails", init),
                _ => throw new ArgumentOutOfRangeException(nameof(part), part, "There is no such part."),
            };
            var limit = seconds.ToString("0.000", CultureInfo.InvariantCulture);
            var run = await _docker.DockerAsync(
                "exec",
                $"{_name}-{image}",
                "bash",
                "-c",
                // timeout kills the process group, which is its own.
                $"{variables} setsid --wait timeout --signal KILL {limit} bash -c '{command}' 2>&1; exit $?"
            );
            if (part == "back" && run.ExitCode == 0)
            {
                // The installer reads the lines of stdout.
                Assert.Contains("{\"backup\": \"restored\"", run.Output, StringComparison.Ordinal);
            }

            if (part == "backup" && run.ExitCode == 0)
            {
                _snapshot = run.Output.Split("\"snapshot\": \"")[1][..8];
            }

            return run;
        }

        public async Task<string> SqlAsync(string statement) =>
            (
                await BashAsync(
                    $"MYSQL_PWD={RootPassword} mariadb -h db -u root -BN "
                        + $"\"$(jq -r .db_name sites/{Site}/site_config.json)\" <<'EOF'\n{statement}\nEOF"
                )
            ).Succeeded();

        public async Task<IEnumerable<string>> RowsAsync() =>
            (await SqlAsync("SELECT name FROM tabInvoice"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Order(StringComparer.Ordinal);

        public async Task<SiteState> StateAsync()
        {
            var columns = await SqlAsync(
                "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = DATABASE() "
                    + "AND table_name = 'tabInvoice'"
            );
            var patches = await SqlAsync("SELECT COUNT(*) FROM `tabPatch Log`");
            return (columns, patches) switch
            {
                ("2", "0") => SiteState.Old,
                ("3", "2")
                    when await SqlAsync("SELECT COUNT(*) FROM tabInvoice WHERE total IS NULL OR total <> amount * 2")
                        == "0" => SiteState.New,
                _ => SiteState.Between,
            };
        }

        /// <summary>nginx shows its maintenance page.</summary>
        public async Task<bool> IsClosedAsync() =>
            (await BashAsync($"cd sites/{Site}/.installer && [[ -e held || -e maintenance ]]")).ExitCode == 0;

        public async Task<string> MarkersAsync() =>
            (await BashAsync($"ls sites/{Site}/.installer | tr '\\n' ' '")).Succeeded().Trim();

        public async ValueTask DisposeAsync()
        {
            string[] all = ["db", "redis", "old", "new"];
            await _docker.DockerAsync(["rm", "--force", "--volumes", .. all.Select(c => $"{_name}-{c}")]);
            await _docker.DockerAsync("volume", "rm", "--force", $"{_name}-sites", $"{_name}-backups");
            await _docker.DockerAsync("network", "rm", _name);
            _files.Dispose();
        }

        private static string Script(string name) => $"exec {Bench}/env/bin/python /local/{name}";

        private Task<ProgramRun> BashAsync(string line) =>
            _docker.DockerAsync("exec", $"{_name}-old", "bash", "-c", line);

        private void WriteFiles()
        {
            Write("secrets/db_root_password", RootPassword);
            Write("secrets/admin_password", "AdminSecret0815");
            Write("secrets/repository_password", "RepositorySecret2048");
            Write("secrets/maintenance_pass", "Pass2048");
            string[] scripts =
            [
                "configurator.sh",
                "create-site.sh",
                "image.py",
                "backup.py",
                "site_backup.py",
                "restore.py",
                "update.py",
            ];
            foreach (var script in scripts)
            {
                Write($"scripts/{script}", new Core.Assets.AssetSource().Read($"deployment/{script}"));
            }

            Write("new/patches.txt", "erpnext.patches.add_total\nerpnext.patches.fill_total\n");
            Write("new/patches/__init__.py", "");
            Write(
                "new/patches/add_total.py",
                """
                def execute(site):
                    site.database.run("ALTER TABLE tabInvoice ADD COLUMN IF NOT EXISTS total int")
                """
            );
            Write(
                "new/patches/fill_total.py",
                """
                import os


                def execute(site):
                    rows = site.database.run("SELECT name FROM tabInvoice WHERE total IS NULL ORDER BY name LIMIT 4")
                    for name, in rows[:-1]:
                        site.database.run(f"UPDATE tabInvoice SET total = amount * 2 WHERE name = '{name}'")
                    if os.environ.get("STANDIN_PATCH") == "fails":
                        raise RuntimeError("this patch cannot go on")
                    site.database.run("UPDATE tabInvoice SET total = amount * 2 WHERE total IS NULL")
                """
            );
        }

        private void Write(string path, string text)
        {
            var file = _files.In(path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        private async Task StartContainersAsync()
        {
            (await _docker.DockerAsync("network", "create", "--label", _docker.Label, _name)).Succeeded();
            await StartAsync(
                "db",
                "--network-alias",
                "db",
                "--env",
                $"MARIADB_ROOT_PASSWORD={RootPassword}",
                DockerEnvironment.MariaDb
            );
            await StartAsync(
                "redis",
                "--network-alias",
                "redis-cache",
                "--network-alias",
                "redis-queue",
                "--network-alias",
                "redis-socketio",
                DockerEnvironment.Redis
            );
            const string erpnext = $"{Bench}/apps/erpnext/erpnext";
            await StartBenchAsync("old");
            await StartBenchAsync(
                "new",
                "--volume",
                $"{_files.In("new/patches.txt")}:{erpnext}/patches.txt:ro",
                "--volume",
                $"{_files.In("new/patches")}:{erpnext}/patches:ro"
            );
            (
                await _docker.DockerAsync("exec", "--user", "root", $"{_name}-old", "chown", "frappe:", "/backups")
            ).Succeeded();
        }

        private Task StartBenchAsync(string image, params string[] more) =>
            StartAsync(
                image,
                [
                    "--volume",
                    $"{_name}-sites:{Bench}/sites",
                    "--volume",
                    $"{_name}-backups:/backups",
                    "--volume",
                    $"{_files.In("scripts")}:/local:ro",
                    "--volume",
                    $"{_files.In("secrets")}:/secrets:ro",
                    .. more,
                    .. Variables.SelectMany(v => new[] { "--env", v }),
                    DockerEnvironment.Runtime,
                    "sleep",
                    "infinity",
                ]
            );

        private Task StartAsync(string name, params string[] arguments) => _docker.StartAsync(_name, name, arguments);
    }
}

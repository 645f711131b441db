using System.Globalization;
using System.Text.Json;
using ErpInstaller.Backup;
using ErpInstaller.Core.Assets;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Tests.Certificate;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>
/// A site with all its containers, each with the network aliases and the environment of the product's jobs, and
/// verify.py beside them. The tests of the collection share it and undo the faults that they cause.
/// </summary>
[CollectionDefinition(Collection)]
public sealed class InsideSite : IAsyncLifetime, ICollectionFixture<InsideSite>
{
    /// <summary>The collection of the tests that share it.</summary>
    public const string Collection = "a site from inside";

    /// <summary>The site's name.</summary>
    public const string Site = "erp.example.com";

    /// <summary>The pass that a request must have while the site is closed.</summary>
    public const string Pass = "Pass2048";

    /// <summary>The name of the update that closes the site.</summary>
    public const string Update = "20261129T010000Z";

    private const string Password = "RootSecret4711";

    // With characters that must be escaped in a URL.
    /// <summary>The access key and the secret of the S3 server, which takes no other.</summary>
    public const string S3Key = "S3RVER";

    private const string RepositorySecret = "p@ss/w:rd";

    private static readonly string[] Scripts =
    [
        "configurator.sh",
        "create-site.sh",
        "image.py",
        "verify.py",
        "site_backup.py",
        "backup.py",
        "restore.py",
        "update.py",
    ];

    private readonly string _name = $"inside-{Guid.NewGuid():N}"[..18];
    private readonly TemporaryDirectory _files = new();
    private readonly JobSet<Job> _jobs = JobCases.Build(JobCases.Default);
    private DockerEnvironment? _docker;

    /// <summary>Runs verify.py. Returns its exit code and the finding of each check.</summary>
    public async Task<(int ExitCode, IReadOnlyDictionary<string, (bool Ok, string Found)> Looks)> VerifyAsync()
    {
        var run = await BesideAsync(
            ["LINGER=0", $"SITE={Site}", "APPS=erpnext", $"HOST_NAME=https://{Site}"],
            [$"{BenchPaths.Directory}/env/bin/python", "/local/verify.py"]
        );
        var looks = new Dictionary<string, (bool, string)>();
        foreach (var line in run.Output.Split('\n').Where(l => l.StartsWith("{\"check\"", StringComparison.Ordinal)))
        {
            using var finding = JsonDocument.Parse(line);
            looks[finding.RootElement.GetProperty("check").GetString()!] = (
                finding.RootElement.GetProperty("ok").GetBoolean(),
                finding.RootElement.GetProperty("found").GetString()!
            );
        }

        return (run.ExitCode, looks);
    }

    /// <summary>Runs backup.py as the backup job does. Its exit code, and its lines.</summary>
    /// <param name="repository">A directory in a volume of this fixture, or the address of a server.</param>
    /// <param name="more">Variables of the container, <c>NAME=value</c>.</param>
    internal Task<BackupScriptRun> BackupAsync(string action, string repository, params string[] more) =>
        ScriptAsync(["/local/backup.py"], BackupVariables(action, repository, more));

    /// <summary>Kills the container of a backup while its restic has the repository to itself.</summary>
    internal Task<BackupScriptRun> KillBackupAsync(string repository)
    {
        var killed = $"""
            import glob, os, subprocess, sys
            sys.path.insert(0, '/local')
            import backup

            def kill():
                # It takes the same lock as the removal of old backups.
                subprocess.Popen(['restic', 'check', '--read-data'], env=backup.environment())
                # While restic writes a lock, its name has -tmp-.
                while all('-tmp-' in name for name in glob.glob('{repository}/locks/*')):
                    pass
                os.kill(os.getpid(), 9)

            backup.forget = kill
            sys.exit(backup.run(backup.ACTIONS, ''))
            """;
        return ScriptAsync(["-c", killed], BackupVariables("backup", repository));
    }

    private static string[] BackupVariables(string action, string repository, params string[] more) =>
        [
            $"ACTION={action}",
            $"SITE={Site}",
            $"REPOSITORY={repository}",
            "APPS=erpnext",
            "RUN=20261128T231500Z",
            "BY=hand",
            "KEEP_DAILY=7",
            "KEEP_WEEKLY=4",
            "KEEP_MONTHLY=6",
            "LINGER=0",
            .. more,
        ];

    /// <summary>Runs restore.py as its job does. Its exit code, and its lines.</summary>
    /// <param name="more">The source, and further variables of the container, <c>NAME=value</c>.</param>
    /// <param name="killedAt">A function of the script at whose begin it is killed; null: it is not.</param>
    /// <param name="failedAt">A function of the script that fails instead; null: none.</param>
    internal Task<BackupScriptRun> RestoreAsync(
        string action,
        string[] more,
        string? killedAt = null,
        string? failedAt = null
    )
    {
        string[] variables = [$"ACTION={action}", $"SITE={Site}", "APPS=erpnext", "LINGER=0", .. more];
        var changed = $$"""
            import os, sys
            sys.path.insert(0, '/local')
            import restore
            def kill(*_):
                os.kill(os.getpid(), 9)
            def fail(*_):
                raise restore.Failed('restore-failed', 'said')
            restore.{{killedAt ?? failedAt}} = {{(killedAt is null ? "fail" : "kill")}}
            sys.exit(restore.run({'prepare': restore.prepare, 'restore': restore.restore}, ''))
            """;
        return ScriptAsync((killedAt ?? failedAt) is null ? ["/local/restore.py"] : ["-c", changed], variables);
    }

    /// <summary>Runs update.py as its job does. Its exit code, and its lines.</summary>
    /// <param name="wait">Seconds that workers may take.</param>
    /// <param name="more">Further variables of the container, <c>NAME=value</c>.</param>
    internal Task<BackupScriptRun> UpdateAsync(string action, int wait = 20, params string[] more) =>
        ScriptAsync(
            ["/local/update.py"],
            [
                $"ACTION={action}",
                $"SITE={Site}",
                "APPS=erpnext telephony",
                "LINGER=0",
                $"WAIT_SECONDS={wait}",
                $"RUN={Update}",
                "IMAGE=erpnext:old",
                "REPOSITORY=/backups/updates",
                .. more,
            ]
        );

    /// <summary>The output of a command in a container with the backups at /backups.</summary>
    public async Task<string> InBackupsAsync(string line, string user = "frappe") =>
        (
            await _docker!.DockerAsync([
                "run",
                "--rm",
                "--user",
                user,
                "--volume",
                $"{_name}-backups:/backups",
                DockerEnvironment.Runtime,
                "bash",
                "-c",
                line,
            ])
        ).Succeeded();

    /// <summary>Starts rclone's server of restic's REST protocol: user <c>erp</c>.</summary>
    /// <param name="pem">Its key and certificate for <c>rest</c>; null: without TLS.</param>
    /// <returns>The repository's address in the network.</returns>
    public async Task<string> StartRestServerAsync(string? pem = null)
    {
        Write("secrets/repository_secret", RepositorySecret);
        Write("server.pem", pem ?? "");
        string[] tls = pem is null ? [] : ["--cert", "/server.pem", "--key", "/server.pem"];
        await RunAsync(
            "rest",
            [
                "--network-alias",
                "rest",
                "--volume",
                $"{TestSetup.Require("ERP_TEST_RCLONE", "needs rclone")}:/usr/bin/rclone:ro",
                "--volume",
                $"{_files.In("server.pem")}:/server.pem:ro",
                DockerEnvironment.Runtime,
                "rclone",
                "serve",
                "restic",
                "/tmp/repository",
                "--addr",
                ":8000",
                "--user",
                "erp",
                "--pass",
                RepositorySecret,
                .. tls,
            ]
        );
        return $"rest:{(pem is null ? "http" : "https")}://rest:8000/erp";
    }

    /// <summary>Starts a server of the S3 protocol, whose key and secret are <see cref="S3Key"/>.</summary>
    /// <param name="pem">
    /// Its key and certificate for <c>s3</c>. Without TLS, s3rver stores the signatures of chunks with the data.
    /// </param>
    /// <returns>The repository's address in the network.</returns>
    public async Task<string> StartS3ServerAsync(string pem)
    {
        const string modules = "/srv/node_modules";
        Write("secrets/repository_secret", S3Key);
        Write("server.pem", pem);
        await RunAsync(
            "s3",
            "--network-alias",
            "s3",
            "--volume",
            $"{TestSetup.Require("ERP_TEST_S3", "needs npm")}:{modules}:ro",
            "--volume",
            $"{TestSetup.Require("ERP_TEST_NODE", "needs Node.js")}:/srv/node:ro",
            "--volume",
            $"{_files.In("server.pem")}:/server.pem:ro",
            DockerEnvironment.Runtime,
            "/srv/node",
            $"{modules}/s3rver/bin/s3rver.js",
            "--directory",
            "/tmp/buckets",
            "--address",
            "0.0.0.0",
            "--no-vhost-buckets",
            "--cert",
            "/server.pem",
            "--key",
            "/server.pem",
            "--configure-bucket",
            "backups"
        );
        const string answers = "for _ in {1..600}; do (exec 3<>/dev/tcp/s3/4568) && exit 0; sleep 0.1; done; exit 1";
        (await BashAsync(answers)).Succeeded();
        return "s3:https://s3:4568/backups";
    }

    /// <summary>Kills MariaDB while it runs a statement, and starts it again.</summary>
    /// <param name="statement">The statement's first words.</param>
    /// <param name="seconds">The time from its begin to the kill.</param>
    public async Task KillDatabaseDuringAsync(string statement, double seconds)
    {
        var wait = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            BEGIN NOT ATOMIC
              DECLARE looks INT DEFAULT 0;
              WHILE looks < 20000 AND NOT EXISTS (
                SELECT 1 FROM information_schema.processlist WHERE info LIKE '{statement}%'
              ) DO
                SET looks = looks + 1;
                DO SLEEP(0.01);
              END WHILE;
              DO SLEEP({seconds});
              SELECT IF(looks < 20000, 'seen', 'never seen');
            END
            """
        );
        var database = $"{_name}-db";
        string[] client =
        [
            "exec",
            "--env",
            $"MYSQL_PWD={Password}",
            database,
            "mariadb",
            "--user=root",
            "--delimiter=//",
        ];
        var seen = (await _docker!.DockerAsync([.. client, "-BN", "--execute", wait])).Succeeded();
        Assert.Equal("seen", seen.Trim());
        (await _docker.DockerAsync("kill", "--signal", "KILL", database)).Succeeded();
        (await _docker.DockerAsync("start", database)).Succeeded();
        (
            await BashAsync(
                "for _ in {1..600}; do MYSQL_PWD= mariadb -h db -u nobody 2>&1 | grep -q 'Access denied' && exit 0; "
                    + "sleep 0.1; done; exit 1"
            )
        ).Succeeded();
    }

    /// <summary>Gives the scripts CAs as the jobs do.</summary>
    /// <returns>The variable that names their directory.</returns>
    public string TrustAuthorities(string pem)
    {
        Directory.CreateDirectory(_files.In("scripts/authorities"));
        File.WriteAllText(_files.In("scripts/authorities/ca.pem"), pem);
        return "SSL_CERT_DIR=/local/authorities";
    }

    /// <summary>Runs the scripts of the init job, as they run after a restore.</summary>
    public Task<ProgramRun> InitAsync() =>
        BesideAsync(
            [
                $"SITE={Site}",
                "APPS=erpnext",
                $"HOST_NAME={_jobs.Init.Groups[0].Tasks[^1].Env["HOST_NAME"]}",
                "LAST_WORDS_SECONDS=0",
            ],
            ["bash", "-c", "bash /local/configurator.sh && bash /local/create-site.sh"]
        );

    /// <summary>A line of bash in the backend's container, in the bench's directory.</summary>
    public Task<ProgramRun> BashAsync(string line) =>
        _docker!.DockerAsync("exec", $"{_name}-backend", "bash", "-c", line);

    /// <summary>The answers of redis-cache and redis-queue.</summary>
    public async Task<string> RedisAsync(params string[] command) =>
        (await _docker!.DockerAsync(["exec", $"{_name}-redis", "redis-cli", .. command])).Succeeded();

    /// <summary>The result of a query on the site's database.</summary>
    public async Task<string> SqlAsync(string statement) =>
        (
            await BashAsync(
                $"MYSQL_PWD={Password} mariadb -h db -u root -BN \"$(jq -r .db_name sites/{Site}/site_config.json)\" "
                    + $"-e \"{statement}\""
            )
        ).Succeeded();

    /// <summary>
    /// Starts a container of the application again, with other options than the job's. With the job's own options it
    /// waits until the site answers, so that the next test has a working site.
    /// </summary>
    public async Task ReplaceAsync(string group, bool aliases = true, bool environment = true)
    {
        await RemoveAsync(group);
        await StartAsync(group, aliases, environment);
        if (aliases && environment)
        {
            await WaitUntilServedAsync();
        }
    }

    /// <summary>Removes a container of the application.</summary>
    public Task RemoveAsync(string group) => _docker!.DockerAsync("rm", "--force", "--volumes", $"{_name}-{group}");

    private async Task<BackupScriptRun> ScriptAsync(string[] script, string[] variables)
    {
        var run = await BesideAsync(
            variables,
            [$"{BenchPaths.Directory}/env/bin/python", .. script],
            "--user",
            "root",
            "--volume",
            $"{_name}-backups:/backups",
            "--tmpfs",
            "/small:size=16k,mode=755"
        );
        return new BackupScriptRun(run.ExitCode, BackupLine.In(run.Output.Split('\n')), run.Output);
    }

    // A container of the image beside those of the site, with the scripts and the secrets as the jobs have them.
    private Task<ProgramRun> BesideAsync(string[] variables, string[] command, params string[] options) =>
        _docker!.DockerAsync([
            "run",
            "--rm",
            "--init",
            "--label",
            _docker.Label,
            "--network",
            _name,
            .. Sites,
            "--volume",
            $"{_files.In("scripts")}:/local:ro",
            "--volume",
            $"{_files.In("secrets")}:/secrets:ro",
            .. options,
            .. variables.SelectMany(v => new[] { "--env", v }),
            DockerEnvironment.Runtime,
            .. command,
        ]);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!DockerEnvironment.IsThere)
        {
            return;
        }

        _docker = DockerEnvironment.Require();
        using var certificate = Issued.Alone(
            new Issued.Wish { From = DateTimeOffset.UtcNow.AddDays(-1), To = DateTimeOffset.UtcNow.AddDays(1) }
        );
        Directory.CreateDirectory(_files.In("secrets"));
        Write("secrets/site.crt", certificate.Pem);
        Write("secrets/site.key", certificate.KeyPem);
        Write("secrets/db_root_password", Password);
        Write("secrets/repository_password", "RepositorySecret2048");
        Write("secrets/repository_secret", "");
        Write("secrets/maintenance_pass", Pass);
        Write("secrets/admin_password", "AdminSecret0815");
        Directory.CreateDirectory(_files.In("scripts"));
        foreach (var script in Scripts)
        {
            Write($"scripts/{script}", new AssetSource().Read($"deployment/{script}"));
        }

        Write("nginx.conf", NginxConfiguration.Render(new AssetSource(), JobCases.Default, trusted: false));
        (await _docker.DockerAsync("network", "create", "--label", _docker.Label, _name)).Succeeded();
        await RunAsync(
            "db",
            "--network-alias",
            "db",
            "--env",
            $"MARIADB_ROOT_PASSWORD={Password}",
            DockerEnvironment.MariaDb
        );
        await RunAsync(
            "redis",
            "--network-alias",
            "redis-cache",
            "--network-alias",
            "redis-queue",
            "--network-alias",
            "redis-socketio",
            DockerEnvironment.Redis
        );
        (await InitAsync()).Succeeded();
        foreach (var group in _jobs.Application.Groups)
        {
            await StartAsync(group.Name, aliases: true, environment: true);
        }

        await InBackupsAsync("chown frappe:frappe /backups", "root");
        await WaitUntilServedAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_docker is not null)
        {
            string[] all = ["db", "redis", "rest", "s3", .. _jobs.Application.Groups.Select(g => g.Name)];
            await _docker.DockerAsync([
                "rm",
                "--force",
                "--volumes",
                .. all.Select(container => $"{_name}-{container}"),
            ]);
            await _docker.DockerAsync("volume", "rm", "--force", _name, $"{_name}-backups");
            await _docker.DockerAsync("network", "rm", _name);
        }

        _files.Dispose();
    }

    // The frontend answers 503 until gunicorn listens, and 502 until the realtime server does. Jobs are verified once
    // their deployment is healthy.
    private async Task WaitUntilServedAsync() =>
        (
            await BashAsync(
                $"page() {{ curl --fail --insecure --silent --output /dev/null \"https://{Site}/$1\"; }}; "
                    + "for _ in {1..600}; do "
                    + "page api/method/ping && page 'socket.io/?EIO=4&transport=polling' && exit 0; "
                    + "sleep 0.1; done; exit 1"
            )
        ).Succeeded();

    private string[] Sites => ["--volume", $"{_name}:{BenchPaths.Sites}"];

    private async Task StartAsync(string group, bool aliases, bool environment)
    {
        var task = _jobs.Application.Groups.Single(g => g.Name == group).Tasks[0];
        await RunAsync(
            group,
            [
                .. Sites,
                "--volume",
                $"{_files.In("nginx.conf")}:/local/nginx.conf:ro",
                "--volume",
                $"{_files.In("secrets/site.crt")}:/local/site.crt:ro",
                "--volume",
                $"{_files.In("secrets")}:/secrets:ro",
                .. aliases ? task.Aliases.SelectMany(a => new[] { "--network-alias", a }) : [],
                .. environment ? task.Env.SelectMany(e => new[] { "--env", $"{e.Key}={e.Value}" }) : [],
                DockerEnvironment.Runtime,
                .. task.Command is null ? [] : task.Args.Prepend(task.Command),
            ]
        );
    }

    private Task RunAsync(string name, params string[] arguments) => _docker!.StartAsync(_name, name, arguments);

    private void Write(string name, string text) => File.WriteAllText(_files.In(name), text);
}

/// <summary>A run of backup.py or restore.py.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">Its lines for the installer.</param>
/// <param name="Output">Everything that it and its programs wrote.</param>
internal sealed record BackupScriptRun(int ExitCode, IReadOnlyList<BackupLine> Lines, string Output)
{
    /// <summary>The error's word if it failed, otherwise the kind of its last line.</summary>
    public string End =>
        Lines is not [.., var last] ? Output
        : last.Kind == "failed" ? last.Word("error")
        : last.Kind;
}

using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Support;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Support;

/// <summary>The support bundle: complete, small, and without a secret.</summary>
public sealed class SupportBundleTests : IDisposable
{
    private static readonly string PrivateKey =
        "-----BEGIN PRIVATE KEY-----\n" + new string('K', 64) + "\nQ2FuYXJ5S2V5\n-----END PRIVATE KEY-----\n";

    private readonly TestInstallation _installation = new();
    private readonly TemporaryDirectory _directory = new();

    private string Archive => _directory.In("support.tar.gz");

    public void Dispose()
    {
        _installation.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task It_has_state_logs_facts_plan_and_jobs()
    {
        await InstallAsync();

        var files = Read(await BundleAsync());

        Assert.Equal("CONTENTS.txt", files[0].Name);
        Assert.Superset(
            new HashSet<string>
            {
                "versions.txt",
                "host-checks.txt",
                "plan.txt",
                "docker.txt",
                "state/answers.toml",
                "state/state.toml",
                "state/apps.lock.toml",
                "state/install.log",
                "nomad/erpnext.json",
                "nomad/erpnext-data.txt",
            },
            files.Select(f => f.Name).ToHashSet()
        );
        Assert.Contains("deployment: in place", TextOf(files, "plan.txt"), StringComparison.Ordinal);
        Assert.Matches("allocation .* database version 0 running", TextOf(files, "nomad/erpnext-data.txt"));
        Assert.All(files.Skip(1), f => Assert.Contains(f.Name, files[0].Text, StringComparison.Ordinal));
        Assert.Contains("certificate/site.key: a private key", files[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_in_it_in_any_form()
    {
        var answers = WithSecretsEverywhere(_installation.Answers);
        await InstallAsync();
        _installation.Answers = answers;
        var nomad = new PlantingHandler(_installation);
        var pass = Canaries.New("pass");
        await nomad.Client.PutVariableAsync(
            "nomad/jobs/erpnext-backup/backup",
            new Dictionary<string, string> { ["maintenance_pass"] = pass },
            0,
            CancellationToken.None
        );
        List<string> secrets = [.. SecretsOf(answers), pass, .. await nomad.VariablesAsync("erpnext")];
        secrets = [.. secrets.Distinct()];
        Assert.Equal(11, secrets.Count);
        var planted = string.Concat(secrets.Select(Canaries.Planted)) + PrivateKey;
        nomad.Log = planted;
        foreach (var file in new[] { "install.log", "build.log", "draft.toml", "generated/job.hcl" })
        {
            File.WriteAllText(_installation.Directory.In(file), planted);
        }

        File.WriteAllText(_installation.Directory.In($"{secrets[^1]}.txt"), planted);
        _installation.World = world => world with { Nomad = nomad.Client };

        var archive = await BundleAsync();

        var files = Read(archive);
        Assert.Contains(files, f => f.Name.StartsWith("logs/", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.All(files, f => Assert.False(Canaries.Has(f.Text, secret), $"{f.Name} has {secret}:\n{f.Text}"));
            Assert.All(files, f => Assert.False(Canaries.Has(f.Name, secret), f.Name));
        }

        Assert.All(files, f => Assert.DoesNotContain("Q2FuYXJ5S2V5", f.Text, StringComparison.Ordinal));
        Assert.Matches(@"state/install.log +the events of all runs; \d+ × •••", files[0].Text);
    }

    [Fact]
    public async Task Secrets_that_nothing_knows_are_recognised_by_their_surroundings()
    {
        await InstallAsync();
        File.WriteAllText(
            _installation.Directory.In("build.log"),
            """
            git clone https://deploy:unknown-1@git.example.com/app and https://ghp_unknown2unknown2@github.com/x
            {"db_password": "unknown-3", "encryption_key": 'unknown-4', "limit": "kept-1"}
            Authorization: token unknown-5:unknown-6
            MYSQL_ROOT_PASSWORD=unknown-7 bench new-site --admin-password unknown-8 --db-name kept-2
            password = { env = "KEPT_3" }
            PASSWORD=$KEPT_4
            "MARIADB_ROOT_PASSWORD_FILE": "kept-6"
            dW5rbm93bi05dW5rbm93bi05dW5rbm93bi05
            -----END RSA PRIVATE KEY-----
            nomad.token: kept-5
            """
        );

        var log = TextOf(Read(await BundleAsync()), "state/build.log");

        Assert.DoesNotContain("unknown", log, StringComparison.Ordinal);
        Assert.DoesNotContain("dW5rbm93bi05", log, StringComparison.Ordinal);
        Assert.All(["kept-1", "kept-2", "KEPT_3", "KEPT_4", "kept-5", "kept-6"], kept =>
            Assert.Contains(kept, log, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_long_log_is_cut_at_its_beginning_and_says_so()
    {
        await InstallAsync();
        var lines = Enumerable.Range(0, 300_000).Select(n => $"{n:00000000} a line of output of the build");
        for (var number = 0; number < 15; number++)
        {
            File.WriteAllLines(_installation.Directory.In($"build-{number:00}.log"), lines);
        }

        var files = Read(await BundleAsync());

        Assert.True(files.Sum(f => (long)f.Text.Length) < 20_000_000, "longer than 20 MB");
        var log = TextOf(files, "state/build-00.log").Split('\n');
        Assert.Matches(@"^\[The \d+ bytes before this line are left out\.\]$", log[0]);
        Assert.Matches(@"^\d{8} a line of output of the build$", log[1]);
        Assert.StartsWith("00299999 ", log[^2], StringComparison.Ordinal);
        Assert.Contains("before are left out", files[0].Text, StringComparison.Ordinal);
        Assert.Contains("the bundle is full", files[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Docker_and_Nomad_it_has_the_rest_and_says_what_is_missing()
    {
        await InstallAsync();
        using var nomad = new NomadClient(
            new NomadConnection { Address = new Uri("http://127.0.0.1:1") },
            new SocketsHttpHandler()
        );
        using var docker = new DockerEngine(new Uri("unix:///nonexistent/docker.sock"));
        _installation.World = world => world with { Nomad = nomad, Docker = docker };

        var files = Read(await BundleAsync());

        Assert.Contains("state/state.toml", files.Select(f => f.Name));
        Assert.Contains("Nomad: Nomad at http://127.0.0.1:1/ does not answer", files[0].Text, StringComparison.Ordinal);
        Assert.Contains("Docker: /nonexistent/docker.sock", files[0].Text, StringComparison.Ordinal);
        Assert.Contains("the logs of the containers: left out", files[0].Text, StringComparison.Ordinal);
        Assert.Matches("Nomad +Nomad at http://127.0.0.1:1/ does not answer", TextOf(files, "versions.txt"));
    }

    [Fact]
    public async Task It_changes_nothing_in_the_state_directory()
    {
        await InstallAsync();
        var before = Snapshot();

        await BundleAsync();

        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public async Task The_archive_is_the_owners_alone_and_replaces_no_file()
    {
        await InstallAsync();
        await BundleAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Archive));
        Assert.Equal(["support.tar.gz"], Directory.EnumerateFiles(_directory.Path).Select(Path.GetFileName));
        var error = await Assert.ThrowsAsync<InstallerException>(BundleAsync);
        Assert.Equal(ErrorCode.FileExists, error.Code);
        var place = _directory.In("missing/support.tar.gz");
        var content = await new SupportBundle(_installation.Open(), null).CollectAsync(CancellationToken.None);
        error = Assert.Throws<InstallerException>(() => content.Write(place));
        Assert.Equal(ErrorCode.BundleNotWritten, error.Code);
        Assert.DoesNotContain(".tmp", error.Message, StringComparison.Ordinal);
    }

    private async Task InstallAsync()
    {
        var result = await _installation.InstallAsync();
        Assert.True(result.ExitCode == 0, result.Message);
    }

    private async Task<string> BundleAsync()
    {
        var content = await new SupportBundle(_installation.Open(), given: null).CollectAsync(
            TestContext.Current.CancellationToken
        );
        content.Write(Archive);
        return Archive;
    }

    private static List<(string Name, string Text)> Read(string archive)
    {
        using var compressed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var reader = new TarReader(compressed);
        var files = new List<(string, string)>();
        while (reader.GetNextEntry() is { } entry)
        {
            using var text = new StreamReader(entry.DataStream ?? Stream.Null, Encoding.UTF8);
            files.Add((entry.Name[(entry.Name.IndexOf('/', StringComparison.Ordinal) + 1)..], text.ReadToEnd()));
        }

        return files;
    }

    private static string TextOf(List<(string Name, string Text)> files, string name) =>
        files.Single(f => f.Name == name).Text;

    private Dictionary<string, string> Snapshot() =>
        Directory
            .EnumerateFiles(_installation.Directory.Path, "*", SearchOption.AllDirectories)
            .ToDictionary(p => p, p => Convert.ToHexString(File.ReadAllBytes(p)));

    private static AnswerFile WithSecretsEverywhere(AnswerFile answers) =>
        answers with
        {
            Site = answers.Site with { AdminPassword = Secret("admin") },
            Mail = new MailAnswers
            {
                Server = "mail.example.com",
                User = "erp",
                Sender = "erp@example.com",
                Password = Secret("mail"),
            },
            Image = new ImageAnswers
            {
                Registry = "registry.example.com",
                Username = "deploy",
                Password = Secret("registry"),
                NpmRegistry = "https://npm.example.com/",
                NpmPassword = Secret("npm"),
                PythonIndex = "https://pypi.example.com/simple",
                PythonPassword = Secret("python"),
                GitMirror = "https://git.example.com/",
                GitPassword = Secret("git"),
            },
            Backup = answers.Backup with { Password = Secret("repository") },
            Apps = answers.Apps with { Override = new() { ["hrms"] = new AppOverride { Token = Secret("hrms") } } },
        };

    private static SecretSource Secret(string name) => new() { Literal = Canaries.New(name) };

    private static IEnumerable<string> SecretsOf(AnswerFile answers) =>
        new[]
        {
            answers.Site.AdminPassword,
            answers.Mail.Password,
            answers.Image.Password,
            answers.Image.NpmPassword,
            answers.Image.PythonPassword,
            answers.Image.GitPassword,
            answers.Backup.Password,
            answers.Apps.Override["hrms"].Token,
        }.Select(s => s!.Literal!);

    /// <summary>A rehearsed Nomad whose containers wrote a log with secrets.</summary>
    private sealed class PlantingHandler : DelegatingHandler
    {
        public PlantingHandler(TestInstallation installation)
        {
            InnerHandler = new FaultyNomad(installation.Time, installation.Directory.In("simulated-nomad.json"));
            Client = new NomadClient(new NomadConnection { Address = new Uri("http://rehearsal") }, this);
        }

        public NomadClient Client { get; }

        public string Log { get; set; } = "";

        public async Task<IEnumerable<string>> VariablesAsync(string job)
        {
            string[] paths =
            [
                job,
                $"{job}-data",
                $"{job}-data/database",
                $"{job}-init",
                $"{job}-backup",
                $"{job}/frontend",
            ];
            var found = await Task.WhenAll(
                paths.Select(p => Client.FindVariableAsync($"nomad/jobs/{p}", CancellationToken.None))
            );
            return found
                .SelectMany(v => v?.Items ?? [])
                .Where(i => i.Key.EndsWith("password", StringComparison.Ordinal))
                .Select(i => i.Value);
        }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.StartsWith("/v1/client/fs/logs/", StringComparison.Ordinal))
            {
                answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Log) };
            }

            return answer;
        }
    }
}

using ErpInstaller.Apps;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Errors;
using ErpInstaller.Image;
using ErpInstaller.Releases;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>From a lock to a Dockerfile; <c>tests/cases/images/dockerfiles</c> keeps some.</summary>
public sealed class DockerfileTextTests
{
    private static readonly string Commit = new('a', 40);
    private static readonly AssetSource Assets = new();
    private static readonly Release Release = new ReleaseCatalog(Assets).Load("v15.75.1");

    private static readonly AppsLock Good = new()
    {
        Release = "v15.75.1",
        BuildImage = "frappe/build:v15.75.1",
        RuntimeImage = "frappe/erpnext:v15.75.1",
        Apps =
        [
            new LockedApp
            {
                Name = "crm",
                Url = "https://github.com/frappe/crm",
                Ref = "v1.52.2",
                Commit = Commit,
            },
        ],
    };

    [Theory]
    [InlineData("two-apps-and-a-dependency")]
    [InlineData("no-apps")]
    public void A_lock_gives_the_same_Dockerfile_every_time(string name)
    {
        var folder = Repository.In("tests", "cases", "images", "dockerfiles", name);

        var dockerfile = DockerfileText.Generate(AppsLockFile.Read(Path.Combine(folder, "apps.lock.toml"))!, Assets);

        GoldenFile.Check(Path.Combine(folder, "Dockerfile"), dockerfile.Text());
    }

    [Fact]
    public void Every_app_of_every_release_can_be_built()
    {
        foreach (var release in new ReleaseCatalog(Assets).Names.Select(new ReleaseCatalog(Assets).Load))
        {
            var apps = release.Apps.Select(a => new LockedApp
            {
                Name = a.Key,
                Url = a.Value.Url,
                Ref = a.Value.Ref.Replace("*", "1", StringComparison.Ordinal),
                Commit = Commit,
            });

            var dockerfile = DockerfileText.Generate(Good with { Release = release.Version, Apps = [.. apps] }, Assets);

            Assert.All(release.Apps.Keys, a =>
                Assert.Contains(dockerfile.Steps, s => s.Description == $"{a}: installing" && s.App == a)
            );
        }
    }

    [Fact]
    public void Every_instruction_has_a_description_and_its_own_line()
    {
        var dockerfile = DockerfileText.Generate(Good, Assets);

        var instructions = dockerfile.Text().Split('\n').Where(l => l.Length > 0 && l[0] != '#').ToList();
        Assert.Equal(instructions, dockerfile.Steps.Select(s => s.Instruction));
        Assert.Equal(instructions.Count, instructions.Distinct().Count());
        Assert.DoesNotContain("@", string.Concat(instructions), StringComparison.Ordinal);
    }

    // yarn may read files of a required app, and the app's own build needs them.
    [Fact]
    public void Sources_of_required_apps_come_before_yarn_and_the_rest_of_the_app_after_it()
    {
        var app = Good.Apps[0];
        var apps = Good with { Apps = [app with { Name = "telephony" }, app with { Requires = ["telephony"] }] };

        var instructions = DockerfileText.Generate(apps, Assets).Steps.Select(s => s.Instruction).ToList();

        string[] stage =
        [
            "FROM builder AS front-crm",
            "/home/frappe/yarn/crm /home/frappe/frappe-bench/apps/crm",
            "/home/frappe/source/telephony /home/frappe/frappe-bench/apps/telephony",
            "packages.sh crm",
            "/home/frappe/rest/crm /home/frappe/frappe-bench/apps/crm",
            "assets.sh crm telephony",
        ];
        var places = stage.Select(s => instructions.FindIndex(i => i.EndsWith(s, StringComparison.Ordinal))).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    // crm and lms take the longest.
    [Fact]
    public void Memory_and_cores_decide_how_many_front_ends_are_built_in_parallel_and_the_longest_begin()
    {
        string[] names = ["hrms", "crm", "lms", "lending"];
        var apps = Good with { Apps = [.. names.Select(n => Good.Apps[0] with { Name = n })] };
        string[] inOneRow =
        [
            "hrms after builder",
            "crm after front-hrms",
            "lms after front-crm",
            "lending after front-lms",
        ];

        Assert.Equal(inOneRow, Order(memory: 2L << 30, cores: 8));
        Assert.Equal(inOneRow, Order(memory: null, cores: 8));
        Assert.Equal(
            ["lms after builder", "lending after front-lms", "crm after builder", "hrms after front-crm"],
            Order(memory: 16L << 30, cores: 2)
        );
        Assert.Equal(
            ["lms after builder", "crm after builder", "hrms after builder", "lending after builder"],
            Order(memory: 16L << 30, cores: 8)
        );

        IEnumerable<string> Order(long? memory, double cores) =>
            DockerfileText
                .Generate(
                    apps,
                    Assets,
                    new DockerfileOptions
                    {
                        BuildKit = true,
                        Memory = memory,
                        Cores = cores,
                        Release = Release,
                    }
                )
                .Steps.Where(s => s.Instruction.EndsWith("/home/frappe/turn", StringComparison.Ordinal))
                .Select(s => $"{s.App} after {s.Instruction.Split(' ')[1]["--from=".Length..]}");
    }

    [Fact]
    public void A_front_end_sees_only_the_apps_that_its_app_requires()
    {
        var apps = new[] { "payments", "crm", "lms" }.Select(n =>
            Good.Apps[0] with
            {
                Name = n,
                Requires = n == "lms" ? ["payments"] : [],
            }
        );

        var steps = DockerfileText
            .Generate(Good with { Apps = [.. apps] }, Assets)
            .Steps.Where(s => s.App == "lms")
            .Select(s => s.Instruction)
            .ToList();

        Assert.Contains("RUN bash /home/frappe/assets.sh lms payments", steps);
        Assert.Contains(steps, s => s.StartsWith("COPY --from=source-payments ", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, s => s.Contains("source-crm", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_the_Dockerfile_for_BuildKit_uses_cache_mounts()
    {
        Assert.Contains(
            "--mount=type=cache,id=erp-installer-yarn-crm,",
            DockerfileText.Generate(Good, Assets, new DockerfileOptions { BuildKit = true }).Text(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("--mount", DockerfileText.Generate(Good, Assets).Text(), StringComparison.Ordinal);
    }

    // Two yarns at once break a cache, so one that all apps share lets only one app at a time fetch its packages.
    [Fact]
    public void No_two_apps_share_a_cache_of_yarn()
    {
        var hrms = Good.Apps[0] with { Name = "hrms", Url = "https://github.com/frappe/hrms" };
        var text = DockerfileText
            .Generate(Good with { Apps = [.. Good.Apps, hrms] }, Assets, new DockerfileOptions { BuildKit = true })
            .Text();

        var caches = text.Split('\n')
            .Where(l => l.Contains("bash /home/frappe/packages.sh", StringComparison.Ordinal))
            .Select(l => l.Split(',').Single(w => w.StartsWith("id=erp-installer-yarn", StringComparison.Ordinal)));
        Assert.Equal(["id=erp-installer-yarn-crm", "id=erp-installer-yarn-hrms"], caches.Order());
    }

    // BuildKit would hold up every instruction with a locked mount, even of an app that has no package.json.
    [Fact]
    public void An_app_without_packages_does_not_wait_for_the_yarn_of_another()
    {
        var context = DockerfileText.Generate(Good, Assets, new DockerfileOptions { BuildKit = true });

        Assert.All(context.Text().Split('\n').Where(l => l.Contains("packages.sh crm", StringComparison.Ordinal)), l =>
            Assert.Contains("sharing=shared", l, StringComparison.Ordinal)
        );
        Assert.Contains(
            "flock \"$YARN_CACHE_FOLDER/lock\" yarn install",
            File.ReadAllText(Repository.In("assets", "image", "packages.sh")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_context_contains_every_copied_script()
    {
        var dockerfile = DockerfileText.Generate(Good, Assets);

        var copied = dockerfile
            .Steps.Where(s => s.Instruction.StartsWith("COPY --chown=1000:1000 ", StringComparison.Ordinal))
            .SelectMany(s => s.Instruction.Split(' ')[2..^1])
            .Distinct()
            .Order();
        Assert.Equal(copied, dockerfile.Files.Select(f => f.Path).Where(p => p != "Dockerfile").Order());
    }

    [Fact]
    public void The_labels_describe_the_images_content()
    {
        var labels = DockerfileText.Generate(Good, Assets).Steps[^1].Instruction;

        Assert.Contains(
            $"io.github.erp-installer.lock-fingerprint=\"{Good.Fingerprint()}\"",
            labels,
            StringComparison.Ordinal
        );
        Assert.Contains($"io.github.erp-installer.app.crm=\"{Commit} v1.52.2\"", labels, StringComparison.Ordinal);
        Assert.Contains("org.opencontainers.image.version=\"v15.75.1\"", labels, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Attacks()
    {
        string[] values =
        [
            "",
            "-x",
            "a b",
            "a\nRUN true",
            "a\r",
            "$(id)",
            "`id`",
            "a;id",
            "a|id",
            "a&id",
            "a>b",
            "a'b",
            "a\"b",
            "a\\b",
            "a${b}",
            "a#b",
            "a*",
            "ä",
            "a\u202eb",
        ];
        return
        [
            .. values.SelectMany(
                v => new[] { "name", "url", "ref", "commit", "release", "image" },
                (v, field) => (field, v)
            ),
        ];
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_value_that_is_unsafe_in_a_shell_is_refused(string field, string value)
    {
        var app = Good.Apps[0];
        var bad = field switch
        {
            "name" => Good with { Apps = [app with { Name = value }] },
            "url" => Good with { Apps = [app with { Url = "https://example.com/" + value }] },
            "ref" => Good with { Apps = [app with { Ref = value }] },
            "commit" => Good with { Apps = [app with { Commit = value }] },
            "release" => Good with { Release = value },
            _ => Good with { RuntimeImage = value },
        };
        if (field == "url" && value is "" or "-x")
        {
            // Harmless: a URL is never the beginning of an argument.
            return;
        }

        var error = Refusal.Of(ErrorCode.LockUnusable, () => DockerfileText.Generate(bad, Assets));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
    }

    [Theory]
    [InlineData("https://user:canary@example.com/frappe/crm")]
    [InlineData("https://canary@example.com/frappe/crm")]
    public void A_URL_with_a_login_is_refused_and_not_printed(string url)
    {
        var error = Refusal.Of(ErrorCode.AppSourceRefused, () =>
            DockerfileText.Generate(Good with { Apps = [Good.Apps[0] with { Url = url }] }, Assets)
        );

        Assert.StartsWith("crm: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.Message + error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh://git@example.com/frappe/crm")]
    [InlineData("git@example.com:frappe/crm")]
    [InlineData("http_deploy@example.com:frappe/crm")]
    [InlineData("file:///srv/crm.git")]
    public void An_app_that_only_this_host_can_fetch_enters_the_build_as_a_file(string url)
    {
        var dockerfile = DockerfileText.Generate(Good with { Apps = [Good.Apps[0] with { Url = url }] }, Assets);

        Assert.Equal(["crm"], dockerfile.Packed.Select(a => a.Name));
        Assert.Contains(
            "COPY --chown=1000:1000 crm.pack /home/frappe/crm.pack\n",
            dockerfile.Text(),
            StringComparison.Ordinal
        );
        Assert.Contains(dockerfile.Files, f => f.Path == DockerfileText.PackScript);
    }

    [Fact]
    public void Only_the_private_apps_instruction_gets_its_BuildKit_secret()
    {
        var other = Good.Apps[0] with { Name = "helpdesk" };
        var dockerfile = DockerfileText.Generate(
            Good with
            {
                Apps = [Good.Apps[0], other],
            },
            Assets,
            new DockerfileOptions { WantToken = new HashSet<string> { "crm" } }
        );

        Assert.Equal(["crm"], dockerfile.Private.Select(a => a.Name));
        var mounts = dockerfile.Steps.Where(s => s.Instruction.Contains("--mount", StringComparison.Ordinal)).ToList();
        Assert.StartsWith(
            "RUN --mount=type=secret,id=git-crm,",
            Assert.Single(mounts).Instruction,
            StringComparison.Ordinal
        );
        Assert.Equal("crm", mounts[0].App);
    }
}

using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Image;

/// <summary>The image's ways to and from registries, with a real engine.</summary>
public sealed class ImageRegistryTests : IDisposable
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();
    private readonly string _name = $"erp-installer-test/{Guid.NewGuid():N}";
    private readonly DockerEngine _engine;
    private readonly TestInstallation _installation;

    public ImageRegistryTests()
    {
        _engine = new DockerEngine(_docker.Endpoint);
        _installation = new TestInstallation
        {
            Steps = [new AppsStep(), new ImageStep()],
            Git = new GitRemote(),
            Docker = _engine,
            Rehearsal = false,
            Answers = new AnswerFile
            {
                Site = new SiteAnswers { Name = "erp.example.com" },
                Apps = new AppsAnswers
                {
                    Install = ["telephony"],
                    Override =
                    {
                        ["telephony"] = new AppOverride { Url = _apps.HttpUrl("frappe/telephony"), Ref = "develop" },
                    },
                },
            },
        };
    }

    private string Reference => _installation.State().Output(StepId.Image, ImageOutputs.ReferenceKey)!;

    [Fact]
    public async Task A_second_host_pulls_the_pushed_image_and_does_not_build()
    {
        Use(new ImageAnswers { Name = _name, Registry = LocalRegistry.RequireAddress() });
        await InstallAsync();
        var first = Reference;
        var tagged = ImageName.Of(_installation.Answers.Image, AppsLockFile.Read(_installation.Directory.AppsLock)!);
        (await _docker.DockerAsync("rmi", "--force", tagged)).Succeeded();
        var record = await File.ReadAllTextAsync(_installation.Directory.In("apps.packages.json"));
        foreach (var file in new[] { "build.log", "apps.packages.json", "apps.packages.made-here" })
        {
            File.Delete(_installation.Directory.In(file));
        }

        await InstallAsync();

        Assert.Equal(first, Reference);
        Assert.Equal(record, await File.ReadAllTextAsync(_installation.Directory.In("apps.packages.json")));
        Assert.False(File.Exists(_installation.Directory.In("build.log")));
        Assert.NotNull(await _engine.FindImageAsync(tagged, default));
    }

    [Fact]
    public async Task The_build_uses_the_base_images_locked_digest()
    {
        var runtime = $"{LocalRegistry.RequireAddress()}/{_name}-runtime:v15.75.1";
        (await _docker.DockerAsync("tag", DockerEnvironment.Runtime, runtime)).Succeeded();
        (await _docker.DockerAsync("push", "--quiet", runtime)).Succeeded();
        await _docker.DockerAsync("rmi", runtime);
        _installation.Change = r => r with { Images = r.Images with { Runtime = runtime } };
        Use(new ImageAnswers { Name = _name, Builder = ImageBuilder.Engine });

        await InstallAsync();

        var content = AppsLockFile.Read(_installation.Directory.AppsLock)!;
        Assert.Matches("^sha256:[0-9a-f]{64}$", content.RuntimeDigest);
        Assert.Contains(
            $"FROM {runtime}@{content.RuntimeDigest}\n",
            await File.ReadAllTextAsync(Path.Combine(_installation.Directory.Generated, "Dockerfile")),
            StringComparison.Ordinal
        );
        var image = (await _engine.FindImageAsync(Reference, default))!;
        Assert.Equal(content.RuntimeDigest, image.Labels["org.opencontainers.image.base.digest"]);
    }

    [Fact]
    public async Task The_progress_of_a_push_counts_layers()
    {
        Use(new ImageAnswers { Name = _name, Registry = LocalRegistry.RequireAddress() });

        await InstallAsync();

        var pushed = _installation
            .Events.OfType<Progress>()
            .Where(p => p.Text.StartsWith("pushing to", StringComparison.Ordinal))
            .ToList();
        Assert.Matches(@"^pushing to [0-9.:]+: (\d+) of \1 layers", pushed[^1].Text);
        Assert.Contains(_installation.Events.OfType<Log>(), l =>
            l.Line.StartsWith("the registry has sha256:", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_image_that_vanished_from_the_registry_is_pushed_without_a_build()
    {
        var registry = LocalRegistry.RequireAddress();
        Use(new ImageAnswers { Name = _name, Registry = registry });
        await InstallAsync();
        using var http = new HttpClient();
        (
            await http.DeleteAsync($"http://{registry}/v2/{_name}/manifests/{Reference.Split('@')[1]}")
        ).EnsureSuccessStatusCode();
        File.Delete(_installation.Directory.In("build.log"));

        await InstallAsync();

        Assert.False(File.Exists(_installation.Directory.In("build.log")));
        Assert.NotNull(await _engine.FindInRegistryAsync(Reference, null, default));
    }

    [Fact]
    public async Task A_registry_that_requires_a_login_fails_with_a_hint()
    {
        await using var registry = new LockedRegistry();
        Use(new ImageAnswers { Name = _name, Registry = registry.Address });

        var result = await _installation.InstallAsync();

        Assert.Equal((ErrorCode.RegistryFailed.Word, (int)ExitCode.StepFailed), (result.Error, result.ExitCode));
        Assert.Contains("image.username and image.password", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_connection_repeats_the_push_and_not_the_build()
    {
        await using var registry = new BreakingRegistry(LocalRegistry.RequireAddress());
        _installation.World = world => world with { Time = new ShortPausesTime(_installation.Time) };
        _installation.Listen(e =>
        {
            if (e is Log log && log.Line.StartsWith("pushing ", StringComparison.Ordinal))
            {
                registry.Break(connections: 2);
            }
        });
        Use(new ImageAnswers { Name = _name, Registry = registry.Address });

        await InstallAsync();

        var lines = _installation.Events.OfType<Log>().Select(l => l.Line).ToList();
        Assert.Single(lines, l => l.EndsWith(": pushing again in 2 s", StringComparison.Ordinal));
        Assert.Single(lines, l => l.StartsWith("building ", StringComparison.Ordinal));
        Assert.Matches($"^{registry.Address}/{_name}@sha256:[0-9a-f]{{64}}$", Reference);
    }

    [Fact]
    public async Task A_pull_limit_of_a_registry_is_named()
    {
        await using var registry = new LockedRegistry(
            "429 Too Many Requests",
            "TOOMANYREQUESTS",
            "You have reached your pull rate limit."
        );
        Use(
            new ImageAnswers
            {
                Name = _name,
                Source = ImageSource.Existing,
                Reference = $"{registry.Address}/nobody/has-it:1",
            }
        );

        var result = await _installation.InstallAsync();

        Assert.Contains("the registry limits how often images are pulled", result.Message, StringComparison.Ordinal);
        Assert.Contains("docker login", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_without_this_architecture_is_named()
    {
        var registry = LocalRegistry.RequireAddress();
        var one = $"{registry}/{_name}-other:1";
        (await _docker.DockerAsync("tag", DockerEnvironment.Redis, one)).Succeeded();
        (await _docker.DockerAsync("push", "--quiet", one)).Succeeded();
        (await _docker.DockerAsync("rmi", one)).Succeeded();
        await PutListAsync(registry, await _engine.FindInRegistryAsync(one, null, default));
        Use(
            new ImageAnswers
            {
                Name = _name,
                Source = ImageSource.Existing,
                Reference = $"{registry}/{_name}-other:list",
            }
        );

        var result = await _installation.InstallAsync();

        Assert.Contains(
            "it does not exist for this architecture (no matching manifest for linux/",
            result.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_plain_HTTP_registry_fails_with_the_setting_that_allows_it()
    {
        // A server without TLS. It is not on loopback, because there the engine accepts plain HTTP.
        var server = new Uri(_apps.HttpUrl("x")).Authority;
        Use(
            new ImageAnswers
            {
                Name = _name,
                Source = ImageSource.Existing,
                Reference = $"{server}/nobody/has-it:1",
            }
        );

        var result = await _installation.InstallAsync();

        Assert.Contains("the registry speaks plain HTTP", result.Message, StringComparison.Ordinal);
        Assert.Contains($"\"insecure-registries\": [\"{server}\"]", result.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_registry_receives_the_login_of_the_answers()
    {
        await using var registry = new LockedRegistry();
        Use(
            new ImageAnswers
            {
                Name = _name,
                Registry = registry.Address,
                Username = "operator",
                Password = new SecretSource { Literal = "canary-7f3a" },
            }
        );

        await _installation.InstallAsync();

        Assert.Contains("Basic " + Convert.ToBase64String("operator:canary-7f3a"u8), registry.Authorizations);
        Assert.DoesNotContain(_installation.Events, e => e.ToString().Contains("canary", StringComparison.Ordinal));
        Assert.All(Directory.GetFiles(_installation.Directory.Path, "*", SearchOption.AllDirectories), f =>
            Assert.DoesNotContain("canary", File.ReadAllText(f), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_unreachable_registry_is_named()
    {
        Use(new ImageAnswers { Name = _name, Registry = "127.0.0.1:1" });

        var result = await _installation.InstallAsync();

        Assert.Equal(ErrorCode.RegistryFailed.Word, result.Error);
        Assert.Contains("the registry does not answer", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_image_with_all_apps_is_pulled_and_used_by_digest()
    {
        var registry = LocalRegistry.RequireAddress();
        Use(new ImageAnswers { Name = _name, Registry = registry });
        await InstallAsync();
        var pushed = Reference;
        var mine = $"{registry}/{_name}-mine:7";
        await _docker.DockerAsync("tag", pushed, mine);
        (await _docker.DockerAsync("push", mine)).Succeeded();
        await _docker.DockerAsync("rmi", mine);
        Use(
            new ImageAnswers
            {
                Name = _name,
                Source = ImageSource.Existing,
                Reference = mine,
            }
        );

        await InstallAsync();

        Assert.Equal($"{registry}/{_name}-mine@{pushed.Split('@')[1]}", Reference);
    }

    [Fact]
    public async Task An_existing_image_without_the_apps_is_refused_at_every_run()
    {
        Use(
            new ImageAnswers
            {
                Name = _name,
                Source = ImageSource.Existing,
                Reference = DockerEnvironment.Runtime,
            }
        );

        var first = await _installation.InstallAsync();
        var second = await _installation.InstallAsync();

        Assert.All([first, second], r => Assert.Equal(ErrorCode.ImageContentWrong.Word, r.Error));
        Assert.StartsWith(
            $"{DockerEnvironment.Runtime}: telephony ModuleNotFoundError",
            second.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_existing_image_that_cannot_be_found_is_named()
    {
        Use(
            new ImageAnswers
            {
                Name = _name,
                Source = ImageSource.Existing,
                Reference = $"{LocalRegistry.RequireAddress()}/nobody/has-it:1",
            }
        );

        var result = await _installation.InstallAsync();

        Assert.Equal(ErrorCode.RegistryFailed.Word, result.Error);
        Assert.Contains("the registry does not have it", result.Message, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _installation.Dispose();
        _engine.Dispose();
    }

    // A manifest list for an architecture on which no test runs.
    private async Task PutListAsync(string registry, string? digest)
    {
        using var http = new HttpClient();
        var manifests = $"http://{registry}/v2/{_name}-other/manifests";
        using var question = new HttpRequestMessage(HttpMethod.Get, $"{manifests}/{digest}");
        question.Headers.Add("Accept", "application/vnd.docker.distribution.manifest.v2+json");
        using var manifest = (await http.SendAsync(question)).EnsureSuccessStatusCode();
        const string Type = "application/vnd.docker.distribution.manifest.list.v2+json";
        using var list = new StringContent(
            $$$"""
            {"schemaVersion":2,"mediaType":"{{{Type}}}","manifests":[{
            "mediaType":"application/vnd.docker.distribution.manifest.v2+json",
            "size":{{{manifest.Content.Headers.ContentLength}}},"digest":"{{{digest}}}",
            "platform":{"architecture":"s390x","os":"linux"}}]}
            """,
            new System.Net.Http.Headers.MediaTypeHeaderValue(Type)
        );
        (await http.PutAsync($"{manifests}/list", list)).EnsureSuccessStatusCode();
    }

    private void Use(ImageAnswers image) => _installation.Answers = _installation.Answers with { Image = image };

    private async Task InstallAsync()
    {
        var result = await _installation.InstallAsync(acceptChanges: true);
        Assert.True(result.ExitCode == 0, $"{result.Message}\n{string.Join('\n', result.Details)}");
    }
}

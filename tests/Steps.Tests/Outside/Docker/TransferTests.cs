using System.Text.Json;
using Docker.DotNet.Models;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Outside.Docker;

/// <summary>Recorded pushes and pulls: <c>tests/cases/images/transfers</c>.</summary>
public sealed class TransferTests
{
    [Theory]
    [InlineData("push", 13)]
    [InlineData("push-again", 13)]
    [InlineData("pull", 2)]
    public void All_layers_are_done_at_the_end_and_the_ratio_never_passes_1(string name, int layers)
    {
        var tally = new TransferTally();

        var progress = Read(name).Select(tally.Add).OfType<TransferProgress>().ToList();

        Assert.All(progress, p => Assert.InRange(p.Ratio, 0, 1));
        Assert.Equal((layers, layers, 1.0), (progress[^1].LayersDone, progress[^1].Layers, progress[^1].Ratio));
        Assert.Equal(progress[^1].TotalBytes, progress[^1].Bytes);
        Assert.Null(tally.Error);
    }

    [Fact]
    public void A_pull_is_reported_in_layers_and_megabytes()
    {
        var tally = new TransferTally();

        var texts = Read("pull").Select(tally.Add).OfType<TransferProgress>().Select(p => $"{p}").ToList();

        Assert.Contains("1 of 2 layers, 25 of 30 MB", texts);
        Assert.Equal("2 of 2 layers, 30 of 30 MB", texts[^1]);
    }

    [Fact]
    public void A_push_ends_with_the_digest()
    {
        var tally = new TransferTally();
        foreach (var message in Read("push"))
        {
            tally.Add(message);
        }

        Assert.Matches("^sha256:[0-9a-f]{64}$", tally.Digest);
    }

    [Theory]
    [InlineData("push-plain-http", RegistryFault.PlainHttp)]
    [InlineData("push-nothing", RegistryFault.Other)]
    public void A_failed_push_reports_the_reason(string name, RegistryFault fault)
    {
        var tally = new TransferTally();
        foreach (var message in Read(name))
        {
            tally.Add(message);
        }

        Assert.Equal(fault, RegistryFailed.Explain("registry.example.com:5000/erpnext:1", tally.Error!).Fault);
    }

    // Messages of Docker 20.10 to 28, of distribution 2.8, Docker Hub and GitHub's registry.
    [Theory]
    [InlineData("toomanyrequests: You have reached your pull rate limit.", RegistryFault.RateLimit)]
    [InlineData("no matching manifest for linux/arm64/v8 in the manifest list entries", RegistryFault.Architecture)]
    [InlineData(
        "Get \"https://registry.example.com:5000/v2/\": http: server gave HTTP response to HTTPS client",
        RegistryFault.PlainHttp
    )]
    [InlineData(
        "Get \"https://registry.example.com/v2/\": x509: certificate signed by unknown authority",
        RegistryFault.Certificate
    )]
    [InlineData("unauthorized: authentication required", RegistryFault.Unauthorized)]
    [InlineData("no basic auth credentials", RegistryFault.Unauthorized)]
    [InlineData("denied: requested access to the resource is denied", RegistryFault.Unauthorized)]
    [InlineData(
        "pull access denied for frappe/nothing, repository does not exist or may require 'docker login'",
        RegistryFault.Unauthorized
    )]
    [InlineData("manifest for frappe/erpnext:v0 not found: manifest unknown: manifest unknown", RegistryFault.Absent)]
    [InlineData(
        "Get \"https://example.invalid/v2/\": dial tcp: lookup example.invalid on 192.0.2.53:53: no such host",
        RegistryFault.Unreachable
    )]
    [InlineData(
        "Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused",
        RegistryFault.Unreachable
    )]
    [InlineData("Head \"http://127.0.0.1:5000/v2/erpnext/blobs/sha256:0123\": EOF", RegistryFault.Unreachable)]
    [InlineData("received unexpected HTTP status: 502 Bad Gateway", RegistryFault.Unreachable)]
    [InlineData("write tcp 127.0.0.1:50612->127.0.0.1:5000: write: broken pipe", RegistryFault.Unreachable)]
    [InlineData("failed to register layer: write /usr/lib/x: no space left on device", RegistryFault.DiskFull)]
    [InlineData("something else", RegistryFault.Other)]
    public void Each_answer_of_a_registry_gets_its_own_cause(string said, RegistryFault fault)
    {
        var error = RegistryFailed.Explain("registry.example.com:5000/erpnext:1", said);

        Assert.Equal(fault, error.Fault);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Hint);
    }

    [Theory]
    [InlineData("frappe/erpnext:v15.75.1", "docker.io", "frappe/erpnext", "v15.75.1")]
    [InlineData("redis", "docker.io", "redis", null)]
    [InlineData("docker.io/me/erpnext:1", "docker.io", "docker.io/me/erpnext", "1")]
    [InlineData("localhost/erpnext:1", "localhost", "localhost/erpnext", "1")]
    [InlineData("registry.example.com:5000/a/b", "registry.example.com:5000", "registry.example.com:5000/a/b", null)]
    [InlineData("registry:5000/a:1@sha256:0123", "registry:5000", "registry:5000/a", "1")]
    public void References_are_split_into_their_parts(
        string reference,
        string registry,
        string repository,
        string? tag
    ) =>
        Assert.Equal(
            (registry, repository, tag),
            (ImageReference.Registry(reference), ImageReference.Repository(reference), ImageReference.Tag(reference))
        );

    [Fact]
    public void A_large_layer_among_many_counts_by_its_bytes()
    {
        using var installation = new TestInstallation { Steps = [] };
        var reporter = installation.ContextOf(new ImageStep()).Report;
        var report = new TransferReport(reporter, "pulling frappe/erpnext:v15.75.1", 0, 0.1);
        for (var bytes = 0L; bytes <= 100_000_000; bytes += 500_000)
        {
            report.Add(new TransferProgress(19, 20, bytes, 1_500_000_000, (19 + (bytes / 1_500_000_000.0)) / 20));
        }

        var texts = installation.Events.OfType<Progress>().Select(p => p.Text).ToList();
        Assert.Equal("pulling frappe/erpnext:v15.75.1: 19 of 20 layers, 97 of 1500 MB", texts[^1]);
        Assert.InRange(texts.Count, 10, 15);
    }

    private static IEnumerable<JSONMessage> Read(string name) =>
        File.ReadLines(Repository.In("tests", "cases", "images", "transfers", $"{name}.jsonl"))
            .Select(l => JsonSerializer.Deserialize<JSONMessage>(l)!);
}

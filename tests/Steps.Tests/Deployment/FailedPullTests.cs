using System.Text.Json.Nodes;
using ErpInstaller.Deployment.Following;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// Pulls that fail at a Nomad client. Nomad 1.10 puts "Failed to pull `IMAGE`: " before the words of the engine.
/// </summary>
public sealed class FailedPullTests
{
    private const string Image = "registry.example.com:5000/frappe/erpnext:v0";

    [Fact]
    public void The_recorded_failure_of_a_real_Nomad_names_the_unknown_registry_and_is_final()
    {
        var path = Repository.In("tests", "cases", "nomad-samples", "allocation-failed-image-pull.json");
        var said = Messages(JsonNode.Parse(File.ReadAllText(path))!).First();

        var found = ContainerFailures.Find(said)!;

        Assert.StartsWith("The registry's name does not resolve.", found.Hint, StringComparison.Ordinal);
        Assert.EndsWith("getent hosts registry.invalid", found.Hint, StringComparison.Ordinal);
        Assert.True(found.IsFinal);
    }

    // The words are the engine's, as in Each_answer_of_a_registry_gets_its_own_cause.
    [Theory]
    [InlineData("x509: certificate signed by unknown authority", true, "/etc/docker/certs.d/registry.example.com:5000")]
    [InlineData("unauthorized: authentication required", true, "docker login registry.example.com:5000")]
    [InlineData("manifest for frappe/erpnext:v0 not found: manifest unknown", true, "The registry does not have it")]
    [InlineData("toomanyrequests: You have reached your pull rate limit.", false, "or wait some hours")]
    [InlineData("http: server gave HTTP response to HTTPS client", true, "insecure-registries")]
    [InlineData("dial tcp 192.0.2.1:5000: i/o timeout", false, "curl -I https://registry.example.com:5000/v2/")]
    [InlineData("no space left on device", false, "docker system df")]
    [InlineData("something new", false, $"docker pull {Image}")]
    public void A_pull_that_Nomad_reports_gets_the_registrys_own_hint(string said, bool isFinal, string hint)
    {
        var found = ContainerFailures.Find($"Failed to pull `{Image}`: Error response from daemon: {said}")!;

        Assert.Contains(hint, found.Hint, StringComparison.Ordinal);
        Assert.Equal(isFinal, found.IsFinal);
    }

    [Fact]
    public void An_image_that_was_built_here_and_is_gone_leads_to_a_new_build()
    {
        var found = ContainerFailures.Find(
            "Failed to pull `erpnext-full:v15`: Error response from daemon: pull access denied for erpnext-full, "
                + "repository does not exist or may require 'docker login'"
        )!;

        Assert.Contains("run the same command again", found.Hint, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Messages(JsonNode node) =>
        node switch
        {
            JsonObject o => o.SelectMany(p =>
                p is { Key: "DisplayMessage", Value: JsonValue v }
                && $"{v}".StartsWith("Failed to pull", StringComparison.Ordinal)
                    ? [$"{v}"]
                : p.Value is null ? []
                : Messages(p.Value)
            ),
            JsonArray a => a.OfType<JsonNode>().SelectMany(Messages),
            _ => [],
        };
}

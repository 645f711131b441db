using System.Text.Json.Nodes;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>The real agent that NOMAD_ADDR names: a client with the docker driver, named volumes on, no ACL.</summary>
public sealed class RealNomad : IDisposable
{
    private readonly HttpClient _http;

    private RealNomad(Uri address) => _http = new HttpClient { BaseAddress = address };

    /// <summary>Where it is.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>The agent; the running test is skipped when there is none.</summary>
    public static RealNomad Require() =>
        new(new Uri(TestSetup.Require("NOMAD_ADDR", "needs a real Nomad agent: NOMAD_ADDR is not set")));

    /// <summary>What the API answers at a path.</summary>
    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(path))!;

    /// <summary>The states of a job's allocations that are meant to run or did: <c>group: state</c>.</summary>
    public async Task<IReadOnlyList<string>> AllocationsAsync(string job) =>
        [.. (await GetAsync($"/v1/job/{job}/allocations")).AsArray()
            .Where(a => a!["DesiredStatus"]!.GetValue<string>() == "run")
            .Select(a => $"{a!["TaskGroup"]}: {a["ClientStatus"]}").Order(StringComparer.Ordinal)];

    /// <summary>Ends the three jobs of an installation and removes them with their variables.</summary>
    public async Task RemoveAsync(string job)
    {
        foreach (var id in new[] { job, $"{job}-init", $"{job}-data" })
        {
            using var deleted = await _http.DeleteAsync($"/v1/job/{id}?purge=true");
        }

        foreach (var variable in (await GetAsync($"/v1/vars?prefix=nomad/jobs/{job}")).AsArray())
        {
            using var deleted = await _http.DeleteAsync($"/v1/var/{variable!["Path"]}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

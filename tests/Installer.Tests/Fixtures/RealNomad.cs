using System.Text.Json.Nodes;

namespace ErpInstaller.Tests.Fixtures;

/// <summary>The real agent that NOMAD_ADDR names: a client with the docker driver, named volumes on, no ACL.</summary>
internal sealed class RealNomad : IDisposable
{
    private readonly NomadRest _rest = NomadRest.Require();

    /// <summary>Where it is.</summary>
    public Uri Address => _rest.Address;

    /// <summary>The states of a job's allocations that run or ran: <c>group: state</c>.</summary>
    public async Task<IReadOnlyList<string>> AllocationsAsync(string job) =>
        [
            .. (await CurrentAsync(job))
                .Select(a => $"{a["TaskGroup"]}: {a["ClientStatus"]}")
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The allocation ids of a group.</summary>
    public async Task<IReadOnlyList<string>> IdsAsync(string job, string group) =>
        [
            .. (await CurrentAsync(job))
                .Where(a => a["TaskGroup"]!.GetValue<string>() == group)
                .Select(a => a["ID"]!.GetValue<string>()),
        ];

    /// <summary>An item of a Variable.</summary>
    public async Task<string> ItemAsync(string path, string item) =>
        (await _rest.SendAsync(HttpMethod.Get, $"/v1/var/{path}"))!["Items"]![item]!.GetValue<string>();

    /// <summary>Stops and removes the jobs of an installation and their Variables.</summary>
    public async Task RemoveAsync(string job)
    {
        foreach (var id in new[] { job, $"{job}-init", $"{job}-data", $"{job}-verify" })
        {
            await _rest.SendAsync(HttpMethod.Delete, $"/v1/job/{id}?purge=true");
        }

        foreach (var variable in await ListAsync($"/v1/vars?prefix=nomad/jobs/{job}"))
        {
            await _rest.SendAsync(HttpMethod.Delete, $"/v1/var/{variable!["Path"]}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rest.Dispose();

    private async Task<IEnumerable<JsonNode>> CurrentAsync(string job) =>
        (await ListAsync($"/v1/job/{job}/allocations"))
            .Select(a => a!)
            .Where(a => a["DesiredStatus"]!.GetValue<string>() == "run");

    private async Task<JsonArray> ListAsync(string path) => (await _rest.SendAsync(HttpMethod.Get, path))!.AsArray();
}

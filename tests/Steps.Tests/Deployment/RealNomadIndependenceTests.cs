using System.Text.Json.Nodes;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// The real agent that NOMAD_ADDR names sees a change where it was made and nowhere else. The jobs are pinned to a node
/// that does not exist, so nothing starts, and are removed again.
/// </summary>
public sealed class RealNomadIndependenceTests : IAsyncDisposable
{
    private readonly NomadRest _nomad = NomadRest.Require();
    private readonly string _suffix = $"-{Guid.NewGuid():N}"[..9];
    private readonly List<string> _registered = [];

    public static TheoryData<string> Names => IndependenceCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nomad_finds_a_change_where_it_was_made_only(string what)
    {
        foreach (var job in JobCases.Build(JobCases.Default))
        {
            _registered.Add(job.Id + _suffix);
            await _nomad.SendAsync(
                HttpMethod.Put,
                "/v1/jobs",
                new JsonObject { ["Job"] = JobJson.Render(Renamed(job)) }
            );
        }

        var (changed, expected) = IndependenceCases.All[what];
        var touched = new List<string>();
        foreach (var job in changed())
        {
            var body = new JsonObject { ["Job"] = JobJson.Render(Renamed(job)), ["Diff"] = true };
            var plan = await _nomad.SendAsync(HttpMethod.Put, $"/v1/job/{job.Id}{_suffix}/plan", body);
            touched.AddRange(
                plan!["Diff"]!["TaskGroups"]!
                    .AsArray()
                    .Where(g => g!["Type"]!.GetValue<string>() != "None")
                    .Select(g => $"{job.Id}/{g!["Name"]} {What(g)}")
            );
        }

        Assert.Equal(expected, touched.Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        using (_nomad)
        {
            foreach (var id in _registered)
            {
                await _nomad.SendAsync(HttpMethod.Delete, $"/v1/job/{id}?purge=true");
            }
        }
    }

    private Job Renamed(Job job) => job with { Id = job.Id + _suffix };

    // Nothing runs, so Nomad counts no container to replace. It still reports the changes that force a replacement.
    private static string What(JsonNode group) =>
        group.ToJsonString().Contains("forces create/destroy update", StringComparison.Ordinal)
        || group["Objects"]?.AsArray().Any(o => o!["Name"]!.GetValue<string>() is "Network") == true
            ? "replaced"
            : "placed";
}

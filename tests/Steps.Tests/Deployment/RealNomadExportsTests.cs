using System.Text.Json.Nodes;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>
/// For the real agent that NOMAD_ADDR names, the .hcl and the .json of a job are the same job. The jobs are pinned to a
/// node that does not exist, so nothing starts, and are removed again.
/// </summary>
public sealed class RealNomadExportsTests : IAsyncDisposable
{
    private readonly NomadRest _nomad = NomadRest.Require();
    private readonly string _suffix = $"-{Guid.NewGuid():N}"[..9];
    private readonly List<string> _registered = [];

    public static TheoryData<string> Cases => ErpNextJobsTests.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Nomad_reads_the_exported_HCL_as_the_exported_JSON(string name)
    {
        foreach (var job in JobCases.Build(JobCases.All[name]))
        {
            var parsed = await ParseAsync(job);

            Assert.Empty(Differences(JobJson.Render(job), parsed, job.Id));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Nomad_accepts_both_and_plans_no_change_between_them(string name)
    {
        foreach (var kept in JobCases.Build(JobCases.All[name]))
        {
            var job = kept with { Id = kept.Id + _suffix };
            var parsed = await ParseAsync(job);
            var json = JobJson.Render(job);
            foreach (var form in new[] { parsed, json })
            {
                var judged = await _nomad.SendAsync(
                    HttpMethod.Put,
                    "/v1/validate/job",
                    new JsonObject { ["Job"] = form.DeepClone() }
                );
                Assert.True(
                    judged!["Error"]!.GetValue<string>() == "" && judged["Warnings"]!.GetValue<string>() == "",
                    judged.ToJsonString()
                );
            }

            _registered.Add(job.Id);
            await _nomad.SendAsync(HttpMethod.Put, "/v1/jobs", new JsonObject { ["Job"] = parsed.DeepClone() });
            var plan = await _nomad.SendAsync(
                HttpMethod.Put,
                $"/v1/job/{job.Id}/plan",
                new JsonObject { ["Job"] = json, ["Diff"] = true }
            );

            Assert.True(plan!["Diff"]!["Type"]!.GetValue<string>() == "None", plan["Diff"]!.ToJsonString());
        }
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

    private async Task<JsonNode> ParseAsync(Job job) =>
        (
            await _nomad.SendAsync(
                HttpMethod.Put,
                "/v1/jobs/parse",
                new JsonObject { ["JobHCL"] = JobHcl.Render(job), ["Canonicalize"] = true }
            )
        )!;

    // Everything that we write must be read back. Defaults that Nomad adds are no difference.
    private static IEnumerable<string> Differences(JsonNode? written, JsonNode? read, string path) =>
        (written, read) switch
        {
            (JsonObject ours, JsonObject theirs) => ours.SelectMany(m =>
                Differences(m.Value, theirs[m.Key], $"{path}.{m.Key}")
            ),
            (JsonArray ours, JsonArray theirs) when ours.Count == theirs.Count => ours.SelectMany(
                (item, i) => Differences(item, theirs[i], $"{path}[{i}]")
            ),
            (JsonObject { Count: 0 } or JsonArray { Count: 0 }, null) => [],
            _ => JsonNode.DeepEquals(written, read)
                ? []
                : [$"{path}: {written?.ToJsonString()} is read as {read?.ToJsonString()}"],
        };
}

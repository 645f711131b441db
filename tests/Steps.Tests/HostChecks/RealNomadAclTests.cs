using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>Runs against a real agent with ACLs: the check's verdict on a token agrees with Nomad.</summary>
public sealed partial class RealNomadAclTests : IAsyncDisposable
{
    private readonly NomadRest _management = NomadRest.RequireAcl();
    private readonly string _name = $"erp-test-{Guid.NewGuid():N}";
    private readonly List<string> _tokens = [];

    [Fact]
    public async Task Every_capability_is_missing_without_a_token()
    {
        Assert.Equal(6, (await DeniedAsync(token: null)).Count);
    }

    [Fact]
    public async Task A_token_with_read_job_only_lacks_the_other_capabilities_by_name()
    {
        var token = await TokenAsync(
            "namespace \"default\" { capabilities = [\"read-job\"] }\nnode { policy = \"read\" }\nagent { policy = "
                + "\"read\" }"
        );

        var denied = await DeniedAsync(token);

        Assert.Equal(
            [
                "namespace \"default\" submit-job",
                $"namespace \"default\" variables \"nomad/jobs/{_name}\" read",
                $"namespace \"default\" variables \"nomad/jobs/{_name}\" write",
                "namespace \"default\" read-logs",
            ],
            denied
        );
    }

    [Fact]
    public async Task A_token_with_the_hints_policy_lacks_nothing()
    {
        var token = await TokenAsync(PolicyOfTheHint());

        Assert.Empty(await DeniedAsync(token));
    }

    [Fact]
    public async Task A_token_with_the_hints_policy_can_install()
    {
        using var nomad = Connect(await TokenAsync(PolicyOfTheHint()));
        var cancellation = TestContext.Current.CancellationToken;
        var job = new JsonObject
        {
            ["ID"] = _name,
            ["Name"] = _name,
            ["Type"] = "service",
            // No such datacenter, so nothing starts.
            ["Datacenters"] = new JsonArray("none-such"),
            ["TaskGroups"] = new JsonArray(
                new JsonObject
                {
                    ["Name"] = "one",
                    ["Tasks"] = new JsonArray(
                        new JsonObject
                        {
                            ["Name"] = "one",
                            ["Driver"] = "docker",
                            ["Config"] = new JsonObject { ["image"] = "none" },
                        }
                    ),
                }
            ),
        };

        await nomad.PutVariableAsync(
            $"nomad/jobs/{_name}/one",
            new Dictionary<string, string> { ["password"] = "x" },
            0,
            cancellation
        );
        await nomad.ValidateAsync(job, cancellation);
        var plan = await nomad.PlanAsync(job, cancellation);
        var registered = await nomad.RegisterAsync(job, plan.JobModifyIndex, "", cancellation);

        Assert.NotNull((await nomad.GetEvaluationAsync(registered.EvalID, null, cancellation)).Value);
        Assert.NotNull(await nomad.FindJobAsync(_name, cancellation));
        Assert.NotNull(await nomad.FindVariableAsync($"nomad/jobs/{_name}/one", cancellation));
        Assert.Empty((await nomad.GetAllocationsAsync(_name, null, cancellation)).Value!);
        await nomad.FindNewestDeploymentAsync(_name, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        using (_management)
        {
            await _management.SendAsync(HttpMethod.Delete, $"/v1/job/{_name}?purge=true");
            await _management.SendAsync(HttpMethod.Delete, $"/v1/var/nomad/jobs/{_name}/one");
            foreach (var accessor in _tokens)
            {
                await _management.SendAsync(HttpMethod.Delete, $"/v1/acl/token/{accessor}");
                await _management.SendAsync(HttpMethod.Delete, $"/v1/acl/policy/{_name}");
            }
        }
    }

    // The text that the hint's command prints into "nomad acl policy apply".
    private string PolicyOfTheHint()
    {
        var answers = new AnswerFile
        {
            Site = new SiteAnswers { Name = "erp.example.com" },
            Nomad = new NomadAnswers { Job = _name },
        };
        var hint = new NomadPermissionsCheck().Judge(new NomadPermissionsFact("default", ["node read"]), answers).Hint;
        return Printed().Match(hint).Groups[1].Value.Replace("\\n", "\n", StringComparison.Ordinal);
    }

    [GeneratedRegex("^printf '([^']*)'")]
    private static partial Regex Printed();

    private async Task<string> TokenAsync(string policy)
    {
        await _management.SendAsync(
            HttpMethod.Put,
            $"/v1/acl/policy/{_name}",
            new JsonObject { ["Name"] = _name, ["Rules"] = policy }
        );
        var token = await _management.SendAsync(
            HttpMethod.Put,
            "/v1/acl/token",
            new JsonObject
            {
                ["Name"] = _name,
                ["Type"] = "client",
                ["Policies"] = new JsonArray(_name),
            }
        );
        _tokens.Add(token!["AccessorID"]!.GetValue<string>());
        return token["SecretID"]!.GetValue<string>();
    }

    private async Task<IReadOnlyList<string>> DeniedAsync(string? token)
    {
        using var nomad = Connect(token);
        return await PermissionProbe.DeniedAsync(nomad, _name, TestContext.Current.CancellationToken);
    }

    private NomadClient Connect(string? token)
    {
        var connection = new NomadConnection { Address = _management.Address, Token = token };
        return new NomadClient(connection, connection.CreateHandler());
    }
}

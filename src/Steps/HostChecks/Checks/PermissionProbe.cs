using System.Text.Json.Nodes;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// Finds out what a token may do by doing it without effect: reading, planning a job instead of registering it, and
/// writing a variable on a condition that cannot be true.
/// </summary>
internal static class PermissionProbe
{
    public const string AgentRead = "agent read";

    private const string ReadLogs = "read-logs";

    // Nomad compares it with the variable's modify index before it writes; no index gets this large.
    private const long NeverTheIndex = long.MaxValue;

    /// <summary>The capabilities that Nomad denies, as its ACL policies name them.</summary>
    /// <exception cref="NomadUnreachable">It does not answer.</exception>
    public static async Task<IReadOnlyList<string>> DeniedAsync(
        NomadClient nomad,
        string job,
        CancellationToken cancellation
    )
    {
        var space = $"namespace \"{nomad.Namespace}\"";
        var path = $"nomad/jobs/{job}";
        (string Capability, Task<bool> Denied)[] probes =
        [
            (AgentRead, IsDeniedAsync(nomad.GetAgentAsync(cancellation))),
            ("node read", IsDeniedAsync(nomad.ListNodesAsync(cancellation))),
            ($"{space} read-job", IsDeniedAsync(nomad.FindJobAsync(job, cancellation))),
            ($"{space} submit-job", IsDeniedAsync(nomad.PlanAsync(Harmless(nomad.Namespace), cancellation))),
            ($"{space} variables \"{path}\" read", IsDeniedAsync(nomad.FindVariableAsync(path, cancellation))),
            (
                $"{space} variables \"{path}\" write",
                IsDeniedAsync(
                    nomad.PutVariableAsync(
                        path,
                        new Dictionary<string, string> { ["check"] = "" },
                        NeverTheIndex,
                        cancellation
                    )
                )
            ),
        ];
        // There is no log yet that could be asked for: what the policies say must do.
        var readsLogs = nomad.HasCapabilityAsync(ReadLogs, cancellation);
        var answers = await Task.WhenAll(probes.Select(p => p.Denied));
        var denied = probes.Where((_, i) => answers[i]).Select(p => p.Capability);
        return [.. denied, .. await readsLogs == false ? [$"{space} {ReadLogs}"] : Array.Empty<string>()];
    }

    private static async Task<bool> IsDeniedAsync(Task call)
    {
        try
        {
            await call;
            return false;
        }
        catch (NomadDenied)
        {
            return true;
        }
        catch (Exception e) when (e is NomadConflict or NomadRefused)
        {
            // Refused for another reason than the token, as it is meant to be.
            return false;
        }
    }

    /// <summary>A valid job that is only ever planned.</summary>
    private static JsonObject Harmless(string nomadNamespace) =>
        new()
        {
            ["ID"] = "erp-installer-permission-check",
            ["Name"] = "erp-installer-permission-check",
            ["Namespace"] = nomadNamespace,
            ["Type"] = "batch",
            ["Datacenters"] = new JsonArray("*"),
            ["TaskGroups"] = new JsonArray(
                new JsonObject
                {
                    ["Name"] = "check",
                    ["Count"] = 1,
                    ["Tasks"] = new JsonArray(
                        new JsonObject
                        {
                            ["Name"] = "check",
                            ["Driver"] = "docker",
                            ["Config"] = new JsonObject { ["image"] = "check" },
                        }
                    ),
                }
            ),
        };
}

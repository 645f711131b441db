using System.Text.Json.Nodes;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// Finds out what a token may do with calls that have no effect: reads, planning a job instead of registering it, and
/// writing a variable under a check-and-set index that never matches.
/// </summary>
internal static class PermissionProbe
{
    public const string AgentRead = "agent read";

    private const string ReadLogs = "read-logs";
    private const string SubmitJob = "submit-job";

    // Nomad compares it with the variable's modify index before it writes. No index gets this large.
    private const long ImpossibleIndex = long.MaxValue;

    /// <summary>The capabilities that Nomad denies, in the spelling of ACL policies.</summary>
    /// <exception cref="NomadUnreachable">Nomad does not answer.</exception>
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
            ($"{space} {SubmitJob}", CannotSubmitAsync(nomad, cancellation)),
            ($"{space} variables \"{path}\" read", IsDeniedAsync(nomad.FindVariableAsync(path, cancellation))),
            (
                $"{space} variables \"{path}\" write",
                IsDeniedAsync(
                    nomad.PutVariableAsync(
                        path,
                        new Dictionary<string, string> { ["check"] = "" },
                        ImpossibleIndex,
                        cancellation
                    )
                )
            ),
        ];
        // There is no log to read yet, so this one is taken from the token's policies.
        var readsLogs = nomad.HasCapabilityAsync(ReadLogs, cancellation);
        var answers = await Task.WhenAll(probes.Select(p => p.Denied));
        var denied = probes.Where((_, i) => answers[i]).Select(p => p.Capability);
        return [.. denied, .. await readsLogs == false ? [$"{space} {ReadLogs}"] : Array.Empty<string>()];
    }

    /// <summary>The capabilities that Nomad denies and that the removal of jobs and Variables needs.</summary>
    /// <param name="variables">Paths of the Variables.</param>
    /// <exception cref="NomadUnreachable">Nomad does not answer.</exception>
    public static async Task<IReadOnlyList<string>> DeniedToRemoveAsync(
        NomadClient nomad,
        IEnumerable<string> variables,
        CancellationToken cancellation
    )
    {
        var space = $"namespace \"{nomad.Namespace}\"";
        (string Capability, Task<bool> Denied)[] probes =
        [
            ($"{space} {SubmitJob}", CannotSubmitAsync(nomad, cancellation)),
            .. variables.Select(v =>
                (
                    $"{space} variables \"{v}\" destroy",
                    IsDeniedAsync(nomad.RemoveVariableAsync(v, ImpossibleIndex, cancellation))
                )
            ),
        ];
        var answers = await Task.WhenAll(probes.Select(p => p.Denied));
        return [.. probes.Where((_, i) => answers[i]).Select(p => p.Capability)];
    }

    private static Task<bool> CannotSubmitAsync(NomadClient nomad, CancellationToken cancellation) =>
        IsDeniedAsync(nomad.PlanAsync(PermissionJob(nomad.Namespace), cancellation));

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
            // Nomad accepted the token and refused the call itself, as intended.
            return false;
        }
    }

    /// <summary>A valid job, used for planning only.</summary>
    private static JsonObject PermissionJob(string nomadNamespace) =>
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

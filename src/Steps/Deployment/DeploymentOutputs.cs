using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>The outputs of the deployment, for the verification and status.</summary>
/// <param name="NodeName">The node that runs everything.</param>
/// <param name="NodeAddress">The address that publishes the site's ports; null if Nomad does not know it.</param>
/// <param name="Jobs">Job id → the modify index of its specification.</param>
internal sealed record DeploymentOutputs(string NodeName, string? NodeAddress, IReadOnlyDictionary<string, long> Jobs)
    : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values =>
        new SortedDictionary<string, string>(
            Jobs.ToDictionary(j => $"job.{j.Key}", j => FormattableString.Invariant($"{j.Value}")),
            StringComparer.Ordinal
        )
        {
            ["node"] = NodeName,
            ["address"] = NodeAddress ?? "",
        };
}

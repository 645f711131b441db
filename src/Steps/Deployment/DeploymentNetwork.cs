using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>
/// The user-defined Docker network in which the containers find each other by name. Nomad does not create one.
/// </summary>
internal sealed class DeploymentNetwork(StepContext context)
{
    private const string Driver = "bridge";
    private readonly string _name = context.Answers.Nomad.Job;

    /// <summary>Whether it exists.</summary>
    /// <exception cref="InstallerException">A network of that name was not made by the installer.</exception>
    public async Task<bool> ExistsAsync(CancellationToken cancellation)
    {
        var found = await context.World.Docker.FindNetworkAsync(_name, cancellation);
        if (found is null)
        {
            return false;
        }

        return IsOurs(found)
            ? true
            : throw DeploymentErrors.ForeignJob(
                $"The Docker network {_name} (driver {found.Driver})",
                $"Remove it (docker network rm {_name}), or choose another nomad.job in the answers."
            );
    }

    /// <summary>What <see cref="CreateAsync"/> would do.</summary>
    public PlannedChange Creation => new(ChangeKind.Create, $"network {_name}", "Docker, user-defined bridge");

    /// <summary>Makes it, with the MTU of the host if that is smaller than Docker's default.</summary>
    /// <param name="node">The node, which is this host.</param>
    public async Task CreateAsync(NomadNode node, CancellationToken cancellation)
    {
        var mtu = NetworkMtu.Of(
            await context.World.Docker.ListNetworksAsync(cancellation),
            context.World.Host.ReadNetwork(node.Address).Mtu
        );
        await context.World.Docker.CreateNetworkAsync(_name, JobPolicies.Labels, mtu, cancellation);
        if (mtu is not null)
        {
            context.Report.Log(FormattableString.Invariant($"The network {_name} has MTU {mtu}, as the host."));
        }
    }

    private static bool IsOurs(DockerNetwork network) =>
        network.Driver == Driver
        && network.Labels.GetValueOrDefault(ErpNextJobs.OwnerKey) == JobPolicies.Labels[ErpNextJobs.OwnerKey];
}

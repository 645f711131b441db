using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>
/// The volumes of this host's engine under the names that the jobs mount. Nomad has them made with our labels when the
/// first container wants them, and takes whatever is there already: a stranger's data would be written over.
/// </summary>
internal sealed class DeploymentVolumes(StepContext context)
{
    /// <summary>Looks at each that is there.</summary>
    /// <exception cref="InstallerException">One of them is somebody else's.</exception>
    public async Task RefuseStrangersAsync(IEnumerable<Job> jobs, CancellationToken cancellation)
    {
        var names = jobs.SelectMany(j => j.Groups)
            .SelectMany(g => g.Tasks)
            .SelectMany(t => t.Mounts)
            .Select(m => m.Volume)
            .OfType<string>();
        foreach (var name in names.Distinct())
        {
            if (await context.World.Docker.FindVolumeAsync(name, cancellation) is { } found && !IsOurs(found))
            {
                throw DeploymentErrors.ForeignJob(
                    $"The Docker volume {name} (driver {found.Driver})",
                    $"Look what is in it: docker volume inspect {name}. Choose another nomad.job in the answers, or "
                        + $"remove it for good: docker volume rm {name}"
                );
            }
        }
    }

    private static bool IsOurs(DockerVolume volume) =>
        volume.Labels.GetValueOrDefault(ErpNextJobs.OwnerKey) == JobPolicies.Labels[ErpNextJobs.OwnerKey];
}

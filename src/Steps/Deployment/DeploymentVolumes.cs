using ErpInstaller.Core.Errors;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Deployment;

/// <summary>
/// The volumes of this host's engine with the names that the jobs mount. Nomad creates them with our labels for the
/// first container, but also uses existing ones: it would overwrite foreign data.
/// </summary>
internal sealed class DeploymentVolumes(StepContext context)
{
    /// <summary>Checks each volume that exists.</summary>
    /// <exception cref="InstallerException">One of them was not made by the installer.</exception>
    public async Task RefuseStrangersAsync(IEnumerable<Job> jobs, CancellationToken cancellation)
    {
        var names = jobs.SelectMany(j => j.Groups)
            .SelectMany(g => g.Tasks)
            .SelectMany(t => t.Mounts)
            .Where(m => !m.IsDirectory)
            .Select(m => m.Volume)
            .OfType<string>();
        foreach (var name in names.Distinct())
        {
            if (await context.World.Docker.FindVolumeAsync(name, cancellation) is { } found && !IsOurs(found))
            {
                throw DeploymentErrors.ForeignJob(
                    $"The Docker volume {name} (driver {found.Driver})",
                    $"See its content: docker volume inspect {name}. Choose another nomad.job in the answers, or "
                        + $"remove it for good: docker volume rm {name}"
                );
            }
        }
    }

    private static bool IsOurs(DockerVolume volume) =>
        volume.Labels.GetValueOrDefault(ErpNextJobs.OwnerKey) == JobPolicies.Labels[ErpNextJobs.OwnerKey];
}

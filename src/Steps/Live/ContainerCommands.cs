using System.Text;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Live;

/// <summary>
/// Runs short commands in containers: by the Docker engine of this host, or by Nomad if the container is on another
/// node.
/// </summary>
internal sealed class ContainerCommands(StepContext context)
{
    /// <summary>Runs one to its end.</summary>
    /// <param name="container">A container that runs.</param>
    public async Task<ContainerRun> RunAsync(
        LiveContainer container,
        string[] command,
        CancellationToken cancellation
    ) =>
        await context.World.Docker.ExecuteAsync(
            DockerContainer.OfTask(container.Allocation!, container.Task),
            command,
            cancellation
        ) ?? await RunByNomadAsync(container, command, cancellation);

    private async Task<ContainerRun> RunByNomadAsync(
        LiveContainer container,
        string[] command,
        CancellationToken cancellation
    )
    {
        var ran = await context.World.Nomad.RunAsync(
            new NomadCommand(container.Allocation!, container.Task, command),
            cancellation
        );
        return new ContainerRun(ran.ExitCode, Encoding.UTF8.GetString([.. ran.Output, .. ran.Errors]));
    }
}

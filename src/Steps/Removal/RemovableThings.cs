using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Backup;
using ErpInstaller.Core.Text;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Image;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Removal;

/// <summary>Something that a removal removes.</summary>
/// <param name="Name">Its kind and its name, for example <c>volume erpnext-sites</c>.</param>
/// <param name="Why">What is in it.</param>
/// <param name="RemoveAsync">Removes it.</param>
internal sealed record RemovableThing(string Name, string Why, Func<CancellationToken, Task> RemoveAsync)
{
    /// <summary>It stays when the engine goes on to refuse it: somebody else uses it.</summary>
    public bool MayStay { get; init; }
}

/// <summary>What an installation has besides its jobs: Variables, volumes, the network, the image.</summary>
internal sealed class RemovableThings(StepContext context, RemovalRequest request)
{
    private readonly string _job = context.Answers.Nomad.Job;
    private readonly IDockerEngine _docker = context.World.Docker;

    /// <summary>Those that are there and are removed, in the order of their removal.</summary>
    /// <exception cref="Core.Errors.InstallerException">One of them was not made by the installer.</exception>
    public async Task<IReadOnlyList<RemovableThing>> ListAsync(CancellationToken cancellation)
    {
        var found = new List<RemovableThing>();
        foreach (var (name, content, _) in Volumes().Where(v => v.IsWanted))
        {
            if (await FindVolumeAsync(name, cancellation))
            {
                found.Add(new($"volume {name}", content, stop => _docker.RemoveVolumeAsync(name, stop)));
            }
        }

        if (await new DeploymentNetwork(context).ExistsAsync(cancellation))
        {
            found.Add(new($"network {_job}", "Docker's", stop => _docker.RemoveNetworkAsync(_job, stop)));
        }

        if (
            await FindImageAsync(cancellation) is { } image
            && await new ImageUse(context).FindOtherJobAsync(image, cancellation) is null
        )
        {
            found.Add(
                new($"image {image}", "made by the installer", stop => _docker.RemoveImageAsync(image, stop))
                {
                    MayStay = true,
                }
            );
        }

        // Last: they have the passwords of the data, in case it is stopped before.
        var nomad = context.World.Nomad;
        foreach (var path in await ListVariablesAsync(cancellation))
        {
            var content = Variables().First(v => v.Path == path).Content;
            found.Add(new($"Variable {path}", content, stop => nomad.RemoveVariableAsync(path, stop)));
        }

        return found;
    }

    /// <summary>The paths of the Variables that are there and are removed.</summary>
    public async Task<IReadOnlyList<string>> ListVariablesAsync(CancellationToken cancellation)
    {
        var found = new List<string>();
        foreach (var (path, _, _) in Variables().Where(v => v.IsWanted))
        {
            if (await context.World.Nomad.FindVariableAsync(path, cancellation) is not null)
            {
                found.Add(path);
            }
        }

        return found;
    }

    /// <summary>The names of those that are there and stay.</summary>
    public async Task<IReadOnlyList<string>> ListKeptAsync(CancellationToken cancellation)
    {
        var kept = new List<string>();
        foreach (var volume in Volumes().Where(v => !v.IsWanted))
        {
            if (await FindVolumeAsync(volume.Name, cancellation))
            {
                kept.Add($"volume {volume.Name}");
            }
        }

        if (await FindImageAsync(cancellation) is { } image)
        {
            var user = await new ImageUse(context).FindOtherJobAsync(image, cancellation);
            kept.Add(user is null ? $"image {image}" : $"image {image} (in use by the job {user})");
        }

        foreach (var variable in Variables().Where(v => !v.IsWanted))
        {
            if (await context.World.Nomad.FindVariableAsync(variable.Path, cancellation) is not null)
            {
                kept.Add($"Variable {variable.Path}");
            }
        }

        if (context.Answers.Backup.Repository is { } repository)
        {
            kept.Add($"repository {TerminalText.Clean(repository)}");
        }

        return kept;
    }

    private IEnumerable<(string Name, string Content, bool IsWanted)> Volumes() =>
        [
            .. ContainerGroups
                .All.Where(g => g.Data is not null)
                .Select(g => VolumeNames.Of(_job, g.Data!))
                .OfType<string>()
                .Select(v => (v, "data", request.Data)),
            ($"{_job}-sites", "the site with its files", request.Data),
            (VolumeNames.Logs(_job).Volume!, "logs of Frappe", request.Data),
            ($"{_job}-backups", "ALL BACKUPS", request.Backups),
        ];

    // Data without its passwords is lost, so these stay with it.
    private IEnumerable<(string Path, string Content, bool IsWanted)> Variables() =>
        InstallationVariables
            .Of(_job)
            .Select(v =>
                (
                    v.Path,
                    v.Content,
                    v.Use switch
                    {
                        VariableUse.Data => request.Data,
                        VariableUse.Backups => request.Backups,
                        _ => true,
                    }
                )
            );

    private async Task<bool> FindVolumeAsync(string name, CancellationToken cancellation) =>
        await _docker.FindVolumeAsync(name, cancellation) is { } found
        && found.Labels.GetValueOrDefault(ErpNextJobs.OwnerKey) == JobPolicies.Labels[ErpNextJobs.OwnerKey];

    private async Task<string?> FindImageAsync(CancellationToken cancellation) =>
        OurName() is { } name && await _docker.FindImageAsync(name, cancellation) is not null ? name : null;

    // An image that the operator made is not ours to remove, but the name is that marks it as checked.
    private string? OurName() =>
        context.Answers.Image.Source == ImageSource.Existing
            ? AppsLockFile.Read(context.Directory.AppsLock) is { } apps
                ? ImageName.OfExisting(context.Answers.Image, apps)
                : null
            : new StateFile(context.Directory)
                .Read()
                .Of(Core.Ids.StepId.Image)
                .Outputs.GetValueOrDefault(ImageOutputs.ReferenceKey)
                is { Length: > 0 } reference
                ? reference
                : null;
}

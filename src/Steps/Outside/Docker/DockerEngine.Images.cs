using System.Formats.Tar;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Outside.Docker;

/// <summary>Builds, inspects and tags images.</summary>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public Task<string?> FindBuildxAsync(CancellationToken cancellation) => _buildx.FindAsync(cancellation);

    /// <inheritdoc/>
    public Task<string> BuildAsync(ImageBuild build, Action<BuildEvent> tell, CancellationToken cancellation) =>
        build.Buildx ? _buildx.BuildAsync(build, tell, cancellation) : BuildByEngineAsync(build, tell, cancellation);

    /// <inheritdoc/>
    public async Task<ContainerRun> RunAsync(
        string image,
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string>? proxies,
        CancellationToken cancellation
    )
    {
        var wanted = new CreateContainerParameters
        {
            Image = image,
            Entrypoint = [command[0]],
            Cmd = [.. command.Skip(1)],
            Env = [.. proxies?.Select(p => $"{p.Key}={p.Value}") ?? []],
            HostConfig = new HostConfig { NetworkMode = proxies is null ? "none" : "default" },
        };
        var created = await RunAsync((c, stop) => c.Containers.CreateContainerAsync(wanted, stop), cancellation);
        try
        {
            await RunAsync(
                (c, stop) => c.Containers.StartContainerAsync(created.ID, new ContainerStartParameters(), stop),
                cancellation
            );
            var ended = await RunAsync((c, stop) => c.Containers.WaitContainerAsync(created.ID, stop), cancellation);
            var both = new ContainerLogsParameters { ShowStdout = true, ShowStderr = true };
            using var logs = await RunAsync(
                (c, stop) => c.Containers.GetContainerLogsAsync(created.ID, both, stop),
                cancellation
            );
            var (written, errors) = await logs.ReadOutputToEndAsync(cancellation);
            return new ContainerRun(ended.StatusCode, written + errors);
        }
        finally
        {
            // Also after a cancellation: an abandoned container must not stay.
            var all = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
            await DoAsync(
                (c, stop) => c.Containers.RemoveContainerAsync(created.ID, all, stop),
                CancellationToken.None
            );
        }
    }

    /// <inheritdoc/>
    public Task TagAsync(string image, string reference, CancellationToken cancellation)
    {
        var name = new ImageTagParameters
        {
            RepositoryName = ImageReference.Repository(reference),
            Tag = ImageReference.Tag(reference),
        };
        return OrRefusedAsync(DoAsync((c, stop) => c.Images.TagImageAsync(image, name, stop), cancellation));
    }

    /// <inheritdoc/>
    public Task RemoveImageAsync(string reference, CancellationToken cancellation) =>
        AskAsync((c, stop) => c.Images.DeleteImageAsync(reference, new ImageDeleteParameters(), stop), cancellation);

    /// <inheritdoc/>
    public async Task RemoveVolumeAsync(string name, CancellationToken cancellation)
    {
        await RemoveEndedTasksAsync(name, cancellation);
        await OrRefusedAsync(DoAsync((c, stop) => c.Volumes.RemoveAsync(name, null, stop), cancellation));
    }

    /// <inheritdoc/>
    public Task RemoveNetworkAsync(string name, CancellationToken cancellation) =>
        OrRefusedAsync(DoAsync((c, stop) => c.Networks.DeleteNetworkAsync(name, stop), cancellation));

    // When the engine stops, Nomad can lose a container that it was about to remove. It never removes it, and the
    // container keeps its volumes.
    private async Task RemoveEndedTasksAsync(string volume, CancellationToken cancellation)
    {
        var ended = new ContainersListParameters
        {
            All = true,
            Filters = new Dictionary<string, IDictionary<string, bool>>
            {
                ["volume"] = new Dictionary<string, bool> { [volume] = true },
                ["label"] = new Dictionary<string, bool> { [DockerContainer.AllocationLabel] = true },
                ["status"] = new Dictionary<string, bool> { ["exited"] = true, ["dead"] = true },
            },
        };
        var keepsVolumes = new ContainerRemoveParameters { RemoveVolumes = false };
        foreach (var container in await AskAsync((c, s) => c.Containers.ListContainersAsync(ended, s), cancellation))
        {
            try
            {
                await OrRefusedAsync(
                    DoAsync((c, s) => c.Containers.RemoveContainerAsync(container.ID, keepsVolumes, s), cancellation)
                );
            }
            catch (DockerRefused)
            {
                // Nomad removes it now. If it stays, the engine says with the volume that it is in use.
            }
        }
    }

    private Task<T> RunAsync<T>(Func<DockerClient, CancellationToken, Task<T>> work, CancellationToken stop) =>
        OrRefusedAsync(_connection.RunAsync(work, stop));

    private async Task<string> BuildByEngineAsync(
        ImageBuild build,
        Action<BuildEvent> tell,
        CancellationToken cancellation
    )
    {
        var parameters = new ImageBuildParameters
        {
            Dockerfile = "Dockerfile",
            Remove = true,
            ForceRemove = true,
            BuildArgs = build.Proxy.ToDictionary(),
        };
        var reader = new EngineBuildReader(tell);
        await using var context = Context(build);
        try
        {
            // The build lasts as long as the connection: closing it stops the engine's work.
            await DoAsync(
                (c, stop) =>
                    c.Images.BuildImageFromDockerfileAsync(
                        parameters,
                        context,
                        null,
                        null,
                        new MessageListener(reader.Add),
                        stop
                    ),
                cancellation
            );
        }
        catch (DockerApiException e)
        {
            throw new BuildStopped(TerminalText.Clean(e.ResponseBody ?? e.Message).ReplaceLineEndings(" "), cause: e);
        }

        reader.End();
        return reader.Stopped is { } stopped
            ? throw stopped
            : reader.ImageId ?? throw new BuildStopped("the engine ended the build without a result");
    }

    // In a file that is deleted on close, because the sources that this host fetched can be large.
    private static FileStream Context(ImageBuild build)
    {
        var context = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        using (var tar = new TarWriter(context, leaveOpen: true))
        {
            foreach (var file in build.Files)
            {
                using var text = new MemoryStream(Encoding.UTF8.GetBytes(file.Text));
                Write(tar, file.Path, text);
            }

            foreach (var (name, path) in build.LocalFiles)
            {
                using var file = File.OpenRead(path);
                Write(tar, name, file);
            }
        }

        context.Position = 0;
        return context;
    }

    // A fixed time: with the present time the archive would differ each time.
    private static void Write(TarWriter tar, string name, Stream content) =>
        tar.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = content,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                ModificationTime = DateTimeOffset.UnixEpoch,
            }
        );

    private Task<bool> DoAsync(Func<DockerClient, CancellationToken, Task> work, CancellationToken cancellation) =>
        _connection.RunAsync(
            async (c, stop) =>
            {
                await work(c, stop);
                return true;
            },
            cancellation
        );

    // Progress<T> would use the thread pool, where messages may overtake each other.
    private sealed class MessageListener(Action<JSONMessage> listener) : IProgress<JSONMessage>
    {
        public void Report(JSONMessage value) => listener(value);
    }
}

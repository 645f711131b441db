using System.Formats.Tar;
using System.Text;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ErpInstaller.Docker;

/// <summary>Building, running, pushing, pulling.</summary>
public sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task BuildAsync(ImageBuild build, Action<string> output, CancellationToken cancellation)
    {
        var parameters = new ImageBuildParameters
        {
            Tags = [build.Tag],
            Labels = new Dictionary<string, string>(build.Labels),
            Dockerfile = "Dockerfile",
            Remove = true,
            ForceRemove = true,
        };
        using var context = Context(build.Dockerfile);
        await ListenAsync((client, lines, stop) => client.Images.BuildImageFromDockerfileAsync(parameters, context, [], new Dictionary<string, string>(), lines, stop), output, cancellation);
    }

    /// <inheritdoc/>
    public async Task<ContainerRun> RunAsync(string image, IReadOnlyList<string> command, CancellationToken cancellation)
    {
        var created = await _connection.RunAsync((c, stop) => c.Containers.CreateContainerAsync(
            new CreateContainerParameters { Image = image, Cmd = [.. command], Tty = false, HostConfig = new HostConfig { NetworkMode = "none" } }, stop), cancellation);
        try
        {
            await _connection.RunAsync((c, stop) => c.Containers.StartContainerAsync(created.ID, new ContainerStartParameters(), stop), cancellation);
            var ended = await _connection.RunAsync((c, stop) => c.Containers.WaitContainerAsync(created.ID, stop), cancellation);
            using var logs = await _connection.RunAsync((c, stop) => c.Containers.GetContainerLogsAsync(
                created.ID, new ContainerLogsParameters { ShowStdout = true, ShowStderr = true }, stop), cancellation);
            var (written, errors) = await logs.ReadOutputToEndAsync(cancellation);
            return new ContainerRun(ended.StatusCode, written + errors);
        }
        finally
        {
            // Also after a cancellation: a container that nobody waits for must not stay.
            var all = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
            await DoAsync((c, stop) => c.Containers.RemoveContainerAsync(created.ID, all, stop), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public Task TagAsync(string image, string reference, CancellationToken cancellation)
    {
        var (repository, tag) = SplitTag(reference);
        var parameters = new ImageTagParameters { RepositoryName = repository, Tag = tag };
        return DoAsync((c, stop) => c.Images.TagImageAsync(image, parameters, stop), cancellation);
    }

    /// <inheritdoc/>
    public Task PushAsync(string reference, RegistryLogin? login, Action<string> progress, CancellationToken cancellation)
    {
        var (repository, tag) = SplitTag(reference);
        return ListenAsync((c, lines, stop) => c.Images.PushImageAsync(repository, new ImagePushParameters { Tag = tag }, Auth(login), lines, stop), progress, cancellation);
    }

    /// <inheritdoc/>
    public Task PullAsync(string reference, RegistryLogin? login, Action<string> progress, CancellationToken cancellation) => ListenAsync(
        (c, lines, stop) => c.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = reference }, Auth(login), lines, stop), progress, cancellation);

    // The engine reports errors as a message of the stream, after an answer of 200.
    private async Task ListenAsync(Func<DockerClient, IProgress<JSONMessage>, CancellationToken, Task> call, Action<string> output, CancellationToken cancellation)
    {
        string? error = null;
        var lines = new MessageLines(m =>
        {
            error ??= m.Error?.Message;
            if (m.Stream is { Length: > 0 } stream)
            {
                output(stream.TrimEnd('\n'));
            }
            else if (m.Status is { Length: > 0 } status && m.Progress is null)
            {
                output(m.ID is { Length: > 0 } id ? $"{id}: {status}" : status);
            }
        });
        try
        {
            await DoAsync((c, stop) => call(c, lines, stop), cancellation);
        }
        catch (DockerApiException e)
        {
            throw new EngineRefused(Engine.TerminalText.Clean(e.ResponseBody ?? e.Message).ReplaceLineEndings(" "), e);
        }

        if (error is not null)
        {
            throw new EngineRefused(Engine.TerminalText.Clean(error).ReplaceLineEndings(" "));
        }
    }

    private Task<bool> DoAsync(Func<DockerClient, CancellationToken, Task> work, CancellationToken cancellation) => _connection.RunAsync(
        async (c, stop) =>
        {
            await work(c, stop);
            return true;
        },
        cancellation);

    private static MemoryStream Context(string dockerfile)
    {
        var context = new MemoryStream();
        using (var tar = new TarWriter(context, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "Dockerfile") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(dockerfile)) });
        }

        context.Position = 0;
        return context;
    }

    // A colon after the last slash begins a tag; one before it belongs to the registry's port.
    private static (string Repository, string? Tag) SplitTag(string reference)
    {
        var colon = reference.LastIndexOf(':');
        return colon > reference.LastIndexOf('/') ? (reference[..colon], reference[(colon + 1)..]) : (reference, null);
    }

    private static AuthConfig? Auth(RegistryLogin? login) => login is null
        ? null
        : new AuthConfig { ServerAddress = login.Registry, Username = login.Username, Password = login.Password };

    // Progress<T> would post to the thread pool, where lines overtake each other.
    private sealed class MessageLines(Action<JSONMessage> listener) : IProgress<JSONMessage>
    {
        public void Report(JSONMessage value) => listener(value);
    }
}

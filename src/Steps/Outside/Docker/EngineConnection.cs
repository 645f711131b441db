using System.Net.Sockets;
using Docker.DotNet;

namespace ErpInstaller.Outside.Docker;

/// <summary>
/// Calls the engine's API; a call that never reaches an engine becomes a <see cref="DockerUnreachable"/>.
/// </summary>
/// <param name="endpoint">Where it listens; null: as the docker command finds it.</param>
/// <param name="headers">Sent with every call.</param>
internal sealed class EngineConnection(Uri? endpoint, IReadOnlyDictionary<string, string>? headers = null) : IDisposable
{
    // For questions. What takes its time (builds, pushes) is bounded by its own caller.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private DockerClient? _client;

    /// <summary>Asks something that is answered at once.</summary>
    /// <exception cref="DockerUnreachable">No engine, or no answer within 30 s.</exception>
    public async Task<T> AskAsync<T>(
        Func<DockerClient, CancellationToken, Task<T>> question,
        CancellationToken cancellation
    )
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            return await RunAsync(question, deadline.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw DockerUnreachable.Silent(Client().Options.Endpoint, Patience, e);
        }
    }

    /// <summary>Starts something and stays with it until it ends.</summary>
    /// <exception cref="DockerUnreachable">No engine, or it went away.</exception>
    public async Task<T> RunAsync<T>(
        Func<DockerClient, CancellationToken, Task<T>> work,
        CancellationToken cancellation
    )
    {
        var client = Client();
        try
        {
            return await work(client, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            // A call that is cancelled while it is sent ends as a broken connection.
            cancellation.ThrowIfCancellationRequested();
            throw DockerUnreachable.Explain(client.Options.Endpoint, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client?.Dispose();

    private DockerClient Client()
    {
        lock (_gate)
        {
            return _client ??= Connect();
        }
    }

    private DockerClient Connect()
    {
        try
        {
            var builder = new DockerClientBuilder().WithHeaders(headers ?? new Dictionary<string, string>());
            return (endpoint is null ? builder : builder.WithEndpoint(endpoint)).Build();
        }
        catch (Exception e)
            when (e
                    is DockerConfigurationException
                        or SshDockerEndpointNotSupportedException
                        or NotSupportedException
                        or UriFormatException
                        or System.Text.Json.JsonException
            )
        {
            throw DockerUnreachable.Misconfigured(e);
        }
    }
}

using System.Net.Sockets;
using System.Text.Json;
using Docker.DotNet;

namespace ErpInstaller.Outside.Docker;

/// <summary>
/// Calls the engine's API. A call that does not reach an engine throws <see cref="DockerUnreachable"/>.
/// </summary>
/// <param name="endpoint">Its address; null to find it like the docker command.</param>
/// <param name="headers">Sent with every call.</param>
internal sealed class EngineConnection(Uri? endpoint, IReadOnlyDictionary<string, string>? headers = null) : IDisposable
{
    // For queries. The callers of long operations (builds, pushes) set their own limits.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private DockerClient? _client;

    /// <summary>Sends a request that the engine answers at once.</summary>
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

    /// <summary>Starts an operation and keeps the connection until it ends.</summary>
    /// <exception cref="DockerUnreachable">There is no engine, or it stopped.</exception>
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
            // A call that is cancelled while it is sent looks like a broken connection.
            cancellation.ThrowIfCancellationRequested();
            throw DockerUnreachable.Explain(client.Options.Endpoint, e);
        }
        catch (JsonException e)
        {
            throw DockerUnreachable.Unreadable(client.Options.Endpoint, e);
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
                        or JsonException
            )
        {
            throw DockerUnreachable.Misconfigured(e);
        }
    }
}

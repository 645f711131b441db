using System.Text.Json;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace ErpInstaller.Outside.Docker;

/// <summary>
/// Pulls, pushes and queries of registries. The engine does them, because it knows trust and proxies.
/// </summary>
internal sealed partial class DockerEngine
{
    /// <inheritdoc/>
    public async Task<string> PushAsync(
        string reference,
        RegistryLogin? login,
        Action<TransferProgress> progress,
        CancellationToken cancellation
    )
    {
        var tag = new ImagePushParameters { Tag = ImageReference.Tag(reference) };
        var tally = await TransferAsync(
            reference,
            (c, listener, stop) =>
                c.Images.PushImageAsync(ImageReference.Repository(reference), tag, Auth(login), listener, stop),
            progress,
            cancellation
        );
        return tally.Digest ?? throw RegistryFailed.Explain(reference, "the push ended without a digest");
    }

    /// <inheritdoc/>
    public Task PullAsync(
        string reference,
        RegistryLogin? login,
        Action<TransferProgress> progress,
        CancellationToken cancellation
    )
    {
        // Without a tag the engine would pull all tags.
        var whole =
            reference.Contains('@', StringComparison.Ordinal) || ImageReference.Tag(reference) is not null
                ? reference
                : reference + ":latest";
        var image = new ImagesCreateParameters { FromImage = whole };
        return TransferAsync(
            reference,
            (c, listener, stop) => c.Images.CreateImageAsync(image, Auth(login), listener, stop),
            progress,
            cancellation
        );
    }

    /// <inheritdoc/>
    public async Task<string?> FindInRegistryAsync(
        string reference,
        RegistryLogin? login,
        CancellationToken cancellation
    )
    {
        using var connection = new EngineConnection(_endpoint, login is null ? null : Header(login));
        try
        {
            var found = await connection.AskAsync(
                (c, stop) => c.Distribution.InspectAsync(reference, stop),
                cancellation
            );
            return found.Descriptor.Digest;
        }
        catch (DockerImageNotFoundException)
        {
            return null;
        }
        catch (DockerApiException e)
        {
            var failed = RegistryFailed.Explain(reference, MessageOf(e), e);
            return failed.Fault == RegistryFault.Absent ? null : throw failed;
        }
    }

    // The engine reports errors as messages in the stream, after status 200.
    private async Task<TransferTally> TransferAsync(
        string reference,
        Func<DockerClient, IProgress<JSONMessage>, CancellationToken, Task> transfer,
        Action<TransferProgress> progress,
        CancellationToken cancellation
    )
    {
        var tally = new TransferTally();
        var listener = new MessageListener(m =>
        {
            if (tally.Add(m) is { } now)
            {
                progress(now);
            }
        });
        try
        {
            await DoAsync((c, stop) => transfer(c, listener, stop), cancellation);
        }
        catch (DockerApiException e)
        {
            throw RegistryFailed.Explain(reference, MessageOf(e), e);
        }

        return tally.Error is { } error ? throw RegistryFailed.Explain(reference, error) : tally;
    }

    private static AuthConfig? Auth(RegistryLogin? login) =>
        login is null
            ? null
            : new AuthConfig
            {
                ServerAddress = login.Registry,
                Username = login.Username,
                Password = login.Password,
            };

    private static Dictionary<string, string> Header(RegistryLogin login)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteString("username", login.Username);
            writer.WriteString("password", login.Password);
            writer.WriteString("serveraddress", login.Registry);
            writer.WriteEndObject();
        }

        return new Dictionary<string, string>
        {
            ["X-Registry-Auth"] = Convert.ToBase64String(json.ToArray()).Replace('+', '-').Replace('/', '_'),
        };
    }

    // {"message":"…"}
    private static string MessageOf(DockerApiException error)
    {
        try
        {
            using var body = JsonDocument.Parse(error.ResponseBody ?? "");
            return body.RootElement.GetProperty("message").GetString() ?? error.Message;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return error.ResponseBody ?? error.Message;
        }
    }
}

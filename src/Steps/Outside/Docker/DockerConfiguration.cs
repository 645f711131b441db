using System.ComponentModel;
using System.Text;
using System.Text.Json;
using CliWrap;
using CliWrap.Buffered;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Docker;

/// <summary>
/// The logins that <c>docker login</c> stores in <c>~/.docker/config.json</c>.
/// </summary>
/// <param name="path">The file; it need not exist.</param>
internal sealed class DockerConfiguration(string path)
{
    // The name of Docker Hub in docker login.
    private const string DockerHubKey = "https://index.docker.io/v1/";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The configuration of the present user; <c>DOCKER_CONFIG</c> names another directory.</summary>
    public static DockerConfiguration Default =>
        new(
            Path.Combine(
                Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } directory
                    ? directory
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker"),
                "config.json"
            )
        );

    /// <summary>The login for a registry, from the file itself or the credential helper it names; null: none.</summary>
    public async Task<RegistryLogin?> FindLoginAsync(string registry, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var key = registry == ImageReference.DockerHub ? DockerHubKey : registry;
        try
        {
            using var file = JsonDocument.Parse(await File.ReadAllTextAsync(path, cancellation));
            var root = file.RootElement;
            var helper = Text(root, "credHelpers", key) ?? Text(root, "credsStore");
            return helper is not null && await AskAsync(helper, key, registry, cancellation) is { } login
                ? login
                : Decode(Text(root, "auths", key, "auth"), registry);
        }
        catch (Exception e)
            when (e
                    is JsonException
                        // Half of a character in a text: \ud800.
                        or InvalidOperationException
                        or IOException
                        or UnauthorizedAccessException
                        or FormatException
            )
        {
            throw new InstallerException(
                ErrorCode.DockerConfigurationUnreadable,
                $"{path}: the login for the registry cannot be read: {e.Message}",
                "Repair the file (docker login writes it), or set image.username and image.password in the answers.",
                e
            );
        }
    }

    // "user:password" in base 64.
    private static RegistryLogin? Decode(string? auth, string registry)
    {
        var parts = auth is null ? [] : Encoding.UTF8.GetString(Convert.FromBase64String(auth)).Split(':', 2);
        return parts is [{ Length: > 0 } user, { Length: > 0 } password]
            ? new RegistryLogin(registry, user, password)
            : null;
    }

    // docker-credential-helpers: the registry on standard input, {"Username":…,"Secret":…} on standard output.
    private static async Task<RegistryLogin?> AskAsync(
        string helper,
        string key,
        string registry,
        CancellationToken cancellation
    )
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            var answer = await Cli.Wrap($"docker-credential-{helper}")
                .WithArguments(["get"])
                .WithStandardInputPipe(PipeSource.FromString(key))
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(deadline.Token);
            if (answer.ExitCode != 0)
            {
                // It has no login for this registry.
                return null;
            }

            using var login = JsonDocument.Parse(answer.StandardOutput);
            return
                Text(login.RootElement, "Username") is { Length: > 0 } user
                && Text(login.RootElement, "Secret") is { Length: > 0 } secret
                ? new RegistryLogin(registry, user, secret)
                : null;
        }
        catch (Win32Exception e)
        {
            throw new IOException($"docker-credential-{helper} is not installed", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"docker-credential-{helper} does not answer", e);
        }
    }

    private static string? Text(JsonElement element, params string[] keys)
    {
        foreach (var key in keys)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }
}

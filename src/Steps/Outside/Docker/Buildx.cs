using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using CliWrap.Builders;

namespace ErpInstaller.Outside.Docker;

/// <summary>Builds with BuildKit, through the docker command's plugin buildx.</summary>
/// <param name="endpoint">The engine; null to find it like the docker command.</param>
/// <param name="configuration">Directory of the docker command's configuration and plugins; null for its
/// default.</param>
internal sealed partial class Buildx(Uri? endpoint, string? configuration = null)
{
    // The first version with --progress=rawjson.
    private static readonly Version Structured = new(0, 13);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The output of <c>docker buildx version</c>; null if it is missing or its builder does not answer.
    /// </summary>
    public async Task<string?> FindAsync(CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            var version = await Docker("buildx", "version").ExecuteBufferedAsync(deadline.Token);
            var builder = await Docker("buildx", "inspect", "default").ExecuteBufferedAsync(deadline.Token);
            return version.ExitCode == 0 && builder.ExitCode == 0 ? version.StandardOutput.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No docker command.
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Builds, and leaves the image in the engine.</summary>
    /// <returns>The image's id.</returns>
    /// <exception cref="BuildStopped">The build failed.</exception>
    public async Task<string> BuildAsync(ImageBuild build, Action<BuildEvent> tell, CancellationToken cancellation)
    {
        var directory = Directory.CreateTempSubdirectory("erp-installer-image-");
        try
        {
            var context = directory.CreateSubdirectory("context");
            foreach (var file in build.Files)
            {
                await File.WriteAllTextAsync(Path.Combine(context.FullName, file.Path), file.Text, cancellation);
            }

            foreach (var (name, path) in build.LocalFiles)
            {
                File.Copy(path, Path.Combine(context.FullName, name));
            }

            foreach (var (name, text) in build.SecretFiles)
            {
                await File.WriteAllTextAsync(Path.Combine(directory.FullName, name), text, cancellation);
            }

            var id = Path.Combine(directory.FullName, "id");
            BuildxReader reader = await IsStructuredAsync(cancellation)
                ? new BuildxJsonReader(tell)
                : new BuildxPlainReader(tell);
            var progress = reader is BuildxJsonReader ? "rawjson" : "plain";
            string[] arguments =
            [
                "buildx",
                "build",
                "--builder",
                "default",
                "--progress",
                progress,
                "--load",
                "--iidfile",
                id,
                .. build.Secrets.Keys.SelectMany(s => new[] { "--secret", $"id={s},env={VariableOf(s)}" }),
                .. build.SecretFiles.Keys.SelectMany(s =>
                    new[] { "--secret", $"id={s},src={Path.Combine(directory.FullName, s)}" }
                ),
                .. build.Proxy.Keys.SelectMany(p => new[] { "--build-arg", p }),
                context.FullName,
            ];

            // Values go through the command's environment, because every user of this host can read arguments.
            var command = Docker(arguments)
                .WithEnvironmentVariables(variables =>
                {
                    Plain(variables);
                    variables.Set(build.Secrets.ToDictionary(s => VariableOf(s.Key), s => (string?)s.Value));
                    variables.Set(build.Proxy.ToDictionary(p => p.Key, p => (string?)p.Value));
                });
            var ended = await RunAsync(command, reader, cancellation);
            return ended == 0 ? (await File.ReadAllTextAsync(id, cancellation)).Trim() : throw reader.StoppedBy(ended);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static string VariableOf(string secret) => "ERP_INSTALLER_" + secret.Replace('-', '_').ToUpperInvariant();

    private async Task<bool> IsStructuredAsync(CancellationToken cancellation)
    {
        var said = await Docker("buildx", "version").ExecuteBufferedAsync(cancellation);
        return VersionIn().Match(said.StandardOutput) is { Success: true } match
            && Version.Parse(match.Value) >= Structured;
    }

    // "github.com/docker/buildx v0.13.1 788433953af10f2a698f5c07611dddce2e08c7a0"
    [GeneratedRegex(@"(?<= v?)[0-9]+\.[0-9]+\.[0-9]+")]
    private static partial Regex VersionIn();

    private static async Task<int> RunAsync(Command command, BuildxReader reader, CancellationToken cancellation)
    {
        // It is interrupted first, so that it can stop the engine's work, and killed if it does not end.
        using var kill = new CancellationTokenSource();
        await using var grace = cancellation.Register(() => kill.CancelAfter(Grace));
        var lines = new Lock();
        var ended = await command
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Take))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Take))
            .ExecuteAsync(kill.Token, cancellation);
        return ended.ExitCode;

        void Take(string line)
        {
            lock (lines)
            {
                reader.Add(line);
            }
        }
    }

    private Command Docker(params string[] arguments) =>
        Cli.Wrap("docker")
            .WithArguments(arguments)
            .WithEnvironmentVariables(Plain)
            .WithValidation(CommandResultValidation.None);

    private void Plain(EnvironmentVariablesBuilder variables)
    {
        variables.Set("TERM", "dumb").Set("NO_COLOR", "1").Set("LC_ALL", "C").Set("DOCKER_CLI_HINTS", "false");
        if (configuration is not null)
        {
            variables.Set("DOCKER_CONFIG", configuration);
        }

        if (endpoint is not null)
        {
            variables.Set("DOCKER_HOST", endpoint.OriginalString);
        }
    }
}

using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Git;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// Collects the inputs of a build: apps that only this host can fetch, tokens for private repositories, the CAs that it
/// trusts, and the proxies.
/// </summary>
internal sealed class BuildInputs(StepContext context, DockerfileText dockerfile)
{
    private ImageAnswers Image => context.Answers.Image;

    private string Packs => context.Directory.In("sources");

    /// <summary>Collects the inputs. A pack of an earlier attempt is used again.</summary>
    /// <exception cref="RepositoryUnreachable">This host cannot fetch an app.</exception>
    public async Task<ImageBuild> GatherAsync(bool buildx, CancellationToken cancellation)
    {
        var packs = new Dictionary<string, string>();
        foreach (var app in dockerfile.Packed)
        {
            packs[$"{app.Name}.pack"] = await PackAsync(app, cancellation);
        }

        RemoveOthers(packs.Values);
        var authorities = Authorities();
        return new ImageBuild(dockerfile.Files, buildx)
        {
            LocalFiles = packs,
            Secrets = Logins(),
            SecretFiles =
                buildx && authorities.Any
                    ? new Dictionary<string, string> { [BuildAuthorities.Secret] = authorities.Pem }
                    : new Dictionary<string, string>(),
            Proxy = Proxies(),
        };
    }

    private BuildAuthorities Authorities()
    {
        var found = BuildAuthorities.Read(context);
        if (found.Any)
        {
            context.Report.Log($"the build trusts the CAs in {found.Files}");
        }

        foreach (var file in found.Unreadable)
        {
            context.Report.Log(
                $"no certificate can be read from {file}, so the build does not trust it",
                LogLevel.Warning
            );
        }

        return found;
    }

    private async Task<string> PackAsync(LockedApp app, CancellationToken cancellation)
    {
        var file = Path.Combine(Packs, $"{app.Name}-{app.Commit}.pack");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Packs);
            context.Report.Log(
                $"{app.Name}: fetching {app.Ref} on this host, because a build has neither its files nor its ssh keys"
            );
            var script = Path.Combine(context.Directory.Generated, DockerfileText.PackScript);
            await context.World.Git.PackAsync(new GitPack(script, app.Url, app.Commit, app.Ref, file), cancellation);
        }

        return file;
    }

    // Packs of earlier locks, and remains of a fetch that was killed.
    private void RemoveOthers(IReadOnlyCollection<string> kept)
    {
        foreach (var old in Directory.Exists(Packs) ? Directory.GetFiles(Packs).Except(kept) : [])
        {
            File.Delete(old);
        }

        foreach (var old in Directory.Exists(Packs) ? Directory.GetDirectories(Packs) : [])
        {
            Directory.Delete(old, recursive: true);
        }
    }

    private Dictionary<string, string> Logins()
    {
        if (context.World.IsRehearsal)
        {
            return [];
        }

        var logins = dockerfile.Private.ToDictionary(a => $"git-{a.Name}", a => LoginOf(a).Answer);
        foreach (
            var (id, text) in new[]
            {
                (BuildMirrors.Npmrc, MirrorLogins.Npmrc(Image, context.Secrets)),
                (BuildMirrors.Netrc, MirrorLogins.Netrc(Image, context.Secrets)),
            }
        )
        {
            if (text is not null)
            {
                logins[id] = text;
            }
        }

        return logins;
    }

    private GitLogin LoginOf(LockedApp app) =>
        MirrorLogins.WantsLogin(app.Url, Image)
            ? MirrorLogins.OfGit(Image, context.Secrets)
            : AppLogins.Of(app.Name, context.Answers.Apps, context.Secrets)!;

    private IReadOnlyDictionary<string, string> Proxies()
    {
        var proxies = BuildProxies.Read(context);
        foreach (var (name, _) in proxies.Where(p => ProxyVariables.IsLoopback(p.Value)))
        {
            context.Report.Log(
                $"{name} names this host's loopback, which the build's containers cannot reach: set the proxy's "
                    + "network address",
                LogLevel.Warning
            );
        }

        if (proxies.Count > 0)
        {
            context.Report.Log($"the build uses {string.Join(", ", proxies.Keys)}");
        }

        return proxies;
    }
}

using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>This host's proxies, for containers that download packages.</summary>
internal static class BuildProxies
{
    /// <summary>The variables that are set. Their passwords are redacted from here on.</summary>
    public static IReadOnlyDictionary<string, string> Read(StepContext context)
    {
        var proxies = context.World.Host.ReadProxies();
        foreach (var password in proxies.Values.Select(ProxyVariables.PasswordIn).OfType<string>())
        {
            context.Secrets.Register(password);
        }

        return proxies;
    }
}

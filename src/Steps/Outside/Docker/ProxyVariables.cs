namespace ErpInstaller.Outside.Docker;

/// <summary>The variables that name proxies, as the docker command passes them to builds.</summary>
/// <remarks>docs.docker.com, Dockerfile reference, "Predefined ARGs".</remarks>
internal static class ProxyVariables
{
    private static readonly string[] Names = ["http_proxy", "https_proxy", "ftp_proxy", "no_proxy"];

    /// <summary>Those that are set, in both spellings.</summary>
    /// <param name="read">The value of a variable, or null.</param>
    public static IReadOnlyDictionary<string, string> Of(Func<string, string?> read) =>
        Names
            .SelectMany(n => new[] { n, n.ToUpperInvariant() })
            .Select(n => (Name: n, Value: read(n)))
            .Where(v => v.Value is { Length: > 0 })
            .ToDictionary(v => v.Name, v => v.Value!);

    /// <summary>The password in a proxy's address; null: none.</summary>
    public static string? PasswordIn(string value) =>
        AddressIn(value)?.UserInfo.Split(':', 2) is [_, { Length: > 0 } password] ? password : null;

    /// <summary>Whether the proxy listens on this host's loopback, which no container reaches.</summary>
    public static bool IsLoopback(string value) => AddressIn(value)?.IsLoopback == true;

    // curl and git also accept an address without a scheme.
    private static Uri? AddressIn(string value) =>
        Uri.TryCreate(
            value.Contains("://", StringComparison.Ordinal) ? value : $"http://{value}",
            UriKind.Absolute,
            out var address
        )
            ? address
            : null;
}

using System.Text;
using ErpInstaller.Answers;

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>Texts that Nomad fills with the addresses of services (consul-template's <c>nomadService</c>).</summary>
internal static class ServiceTemplates
{
    private static readonly ContainerGroup[] Redis =
    [
        ContainerGroups.RedisCache,
        ContainerGroups.RedisQueue,
        ContainerGroups.RedisSocketio,
    ];

    /// <summary>
    /// The data services as environment: what our scripts read, and what Frappe itself reads before its configuration
    /// (frappe/config.py, node_utils.js).
    /// </summary>
    /// <param name="secrets">Path of the variable with Redis's password.</param>
    /// <param name="nowhere">
    /// Path of a variable that is never made. A service without an instance is one that moves: asking for this variable
    /// then makes Nomad wait, and the task goes on with what it has instead of being restarted with nothing.
    /// </param>
    /// <param name="cacheDatabase">Number of redis-cache's database.</param>
    public static string Environment(string job, string secrets, string nowhere, int cacheDatabase)
    {
        var text = new StringBuilder();
        Add(
            text,
            job,
            ContainerGroups.Database.Port!.Alias,
            nowhere,
            "DB_HOST={{.Address}}",
            "DB_PORT={{.Port}}",
            "FRAPPE_DB_HOST={{.Address}}",
            "FRAPPE_DB_PORT={{.Port}}"
        );
        text.Append("{{with nomadVar \"")
            .Append(secrets)
            .Append("\"}}{{$password := .")
            .Append(VariablePaths.RedisPassword)
            .Append("}}\n");
        foreach (var redis in Redis)
        {
            var alias = redis.Port!.Alias;
            var name = alias[alias.IndexOf('-', StringComparison.Ordinal)..].TrimStart('-').ToUpperInvariant();
            var database = redis == ContainerGroups.RedisCache ? FormattableString.Invariant($"/{cacheDatabase}") : "";
            Add(
                text,
                job,
                alias,
                nowhere,
                $"REDIS_{name}={{{{.Address}}}}:{{{{.Port}}}}",
                $"FRAPPE_REDIS_{name}=redis://:{{{{$password}}}}@{{{{.Address}}}}:{{{{.Port}}}}{database}"
            );
        }

        return text.Append("{{end}}\n").ToString();
    }

    private static void Add(StringBuilder text, string job, string name, string nowhere, params string[] lines) =>
        text.Append("{{with nomadService \"")
            .Append(ServiceNames.Of(job, name))
            .Append("\"}}{{with index . 0}}\n")
            .AppendJoin('\n', lines)
            .Append("\n{{end}}{{else}}{{with nomadVar \"")
            .Append(nowhere)
            .Append("\"}}{{end}}{{end}}\n");
}

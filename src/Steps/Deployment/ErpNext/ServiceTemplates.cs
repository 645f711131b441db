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
    /// The data services as environment variables: those that our scripts read, and those that Frappe prefers to its
    /// configuration (frappe/config.py, node_utils.js).
    /// </summary>
    /// <param name="secrets">Path of the variable with Redis's password.</param>
    /// <param name="nowhere">
    /// Path of a Variable that is never created. A service without an instance is being moved. Asking for this Variable
    /// then makes Nomad wait, so the task keeps its present addresses and is not restarted without any.
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

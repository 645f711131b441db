using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>What the scripts of the init job write, one line for each stage.</summary>
internal static class SimulatedScript
{
    /// <summary>The lines of a task that ends well.</summary>
    /// <param name="before">The same task of a run that was complete; null: there was none.</param>
    public static IReadOnlyList<string> LinesOf(JsonNode task, JsonNode? before)
    {
        var (name, apps) = (task["Name"]!.GetValue<string>(), AppsOf(task));
        var site = task["Env"]?["SITE"]?.GetValue<string>();
        if (name != "create-site")
        {
            return apps.Length == 0 ? [$"{name} is simulated"] : [$"configured: {apps.Length + 1} apps"];
        }

        // ERPNext comes with the site.
        var there = before is null ? apps[..1] : AppsOf(before);
        return
        [
            $"create-site: site {site}: {(before is null ? "absent" : "created")}",
            .. apps.Except(there).Select(a => $"create-site: installing {a}"),
            "create-site: migrating",
            $"create-site: done: {site} has {string.Join(' ', apps)}",
        ];
    }

    /// <summary>What create-site writes when the database refuses it.</summary>
    public static IReadOnlyList<string> Refusal =>
        [
            "create-site: MariaDB refuses the root password",
            "create-site: hint: the volume of the database keeps the password it was made with: put that one into the Nomad Variable",
        ];

    private static string[] AppsOf(JsonNode task) =>
        task["Env"]?["APPS"]?.GetValue<string>().Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}

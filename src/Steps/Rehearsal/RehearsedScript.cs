using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>The output of the init job's scripts, one line for each stage.</summary>
internal static class RehearsedScript
{
    /// <summary>The lines of a task that succeeds.</summary>
    /// <param name="before">The same task at its last success; null if it has never succeeded.</param>
    public static IReadOnlyList<string> LinesOf(JsonNode task, JsonNode? before)
    {
        var (name, apps) = (task.Text("Name"), AppsOf(task));
        var site = task["Env"]?["SITE"]?.GetValue<string>();
        if (name != "create-site")
        {
            return apps.Length == 0 ? [$"{name} is simulated"] : [$"configured: {apps.Length + 1} apps"];
        }

        // The new site already has ERPNext.
        var there = before is null ? apps[..1] : AppsOf(before);
        return
        [
            $"create-site: site {site}: {(before is null ? "absent" : "created")}",
            .. apps.Except(there).Select(a => $"create-site: installing {a}"),
            "create-site: migrating",
            $"create-site: done: {site} has {string.Join(' ', apps)}",
        ];
    }

    private static string[] AppsOf(JsonNode task) =>
        task["Env"]?["APPS"]?.GetValue<string>().Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}

using System.Text.Json.Nodes;
using ErpInstaller.Backup;
using ErpInstaller.Run;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// The output of <c>backup.py</c> for the site of a small company, with a repository that has two backups.
/// </summary>
internal static class RehearsedBackup
{
    private const string Older = "9d8e7f60";
    private const string Snapshot = "4f3c2b1a";
    private const string Missing =
        """{"backup": "failed", "error": "backup-missing", "message": "no matching ID found"}""";

    /// <summary>The course of a run of the backup job: a line for each stage.</summary>
    public static TaskCourse CourseOf(JsonNode task) =>
        task["Env"]?[BackupJob.ActionKey]?.GetValue<string>() is "look" or "prepare" or "restore"
        && task["Env"]?["SNAPSHOT"]?.GetValue<string>() is not (null or RestoreRequest.Latest or Older or Snapshot)
            ? new TaskCourse { ExitCode = 1, Output = [Missing] }
            : new TaskCourse { ExitCode = 0, Output = LinesOf(task) };

    private static IReadOnlyList<string> LinesOf(JsonNode task) =>
        task["Env"]?[BackupJob.ActionKey]?.GetValue<string>() switch
        {
            "list" =>
            [
                Listed(Older, "2026-11-22T23:10:04Z", 34_800_000),
                Listed(Snapshot, "2026-11-23T23:10:05Z", 35_100_000),
                """{"backup": "listed", "count": 2}""",
            ],
            "close" =>
            [
                """{"backup": "progress", "text": "the site shows its maintenance page"}""",
                new JsonObject
                {
                    ["backup"] = "closed",
                    ["apps"] = task["Env"]!["APPS"]!.GetValue<string>(),
                    ["revision"] = "",
                    ["changing"] = "",
                }.ToJsonString(),
            ],
            "uninstall" =>
            [
                new JsonObject
                {
                    ["backup"] = "progress",
                    ["text"] = $"removing {task["Env"]!["REMOVE"]!.GetValue<string>()}",
                }.ToJsonString(),
                """{"backup": "uninstalled"}""",
            ],
            "open" => ["""{"backup": "opened"}"""],
            "lost" =>
            [
                new JsonObject
                {
                    ["backup"] = "lost",
                    ["documents"] = new JsonArray(Lost("Sales Invoice", 3, 1), Lost("Customer", 1, 2)),
                    ["deleted"] = 1,
                    ["logs"] = 214,
                }.ToJsonString(),
            ],
            "find" => ["""{"backup": "held", "closed": false}"""],
            "back" =>
            [
                """{"backup": "progress", "text": "loading 835 tables with 41000 rows beside the site"}""",
                """{"backup": "restored"}""",
            ],
            "check" =>
            [
                """{"backup": "progress", "text": "reading the database dump back"}""",
                """{"backup": "progress", "text": "checking the repository"}""",
                $$"""{"backup": "checked", "snapshot": "{{Snapshot}}", "tables": 835, "dump": 9800000}""",
            ],
            "look" => ["""{"backup": "progress", "text": "reading the database dump to its end"}""", Restored("found")],
            "prepare" =>
            [
                """{"backup": "progress", "text": "loading 835 tables with 214200 rows beside the site"}""",
                """{"backup": "progress", "text": "comparing the loaded tables with the dump"}""",
                """{"backup": "progress", "text": "unpacking 310 files beside the site"}""",
                Restored("prepared"),
            ],
            "restore" =>
            [
                """{"backup": "progress", "text": "replacing the site: its visitors see the maintenance page"}""",
                Restored("restored"),
            ],
            _ =>
            [
                """{"backup": "progress", "text": "writing the database dump"}""",
                """{"backup": "progress", "text": "storing 35.1 MB"}""",
                """{"backup": "progress", "text": "removing old backups"}""",
                new JsonObject
                {
                    ["backup"] = "done",
                    ["snapshot"] = Snapshot,
                    ["bytes"] = 35_100_000,
                    ["added"] = 2_400_000,
                    ["tables"] = 835,
                    ["removed"] = 0,
                }.ToJsonString(),
            ],
        };

    private static string Restored(string kind) =>
        new JsonObject
        {
            ["backup"] = kind,
            ["source"] = Snapshot,
            ["time"] = "2026-11-23T23:10:05Z",
            ["by"] = "hand",
            ["release"] = "v15.75.1",
            ["tables"] = 835,
            ["rows"] = 214_200,
            ["files"] = 310,
            ["bytes"] = 25_300_000,
            ["migrates"] = false,
            ["apps"] = new JsonObject { ["frappe"] = "15.78.1", ["erpnext"] = "15.75.1" },
            ["image"] = new JsonObject { ["frappe"] = "15.78.1", ["erpnext"] = "15.75.1" },
            ["present"] = new JsonObject
            {
                ["tables"] = 835,
                ["changed"] = "2026-11-24 15:02:11",
                ["files"] = 312,
                ["users"] = 4,
            },
        }.ToJsonString();

    private static JsonObject Lost(string name, int created, int changed) =>
        new()
        {
            ["name"] = name,
            ["created"] = created,
            ["changed"] = changed,
        };

    private static string Listed(string id, string time, int bytes) =>
        new JsonObject
        {
            ["backup"] = "snapshot",
            ["id"] = id,
            ["time"] = time,
            ["by"] = "hand",
            ["release"] = "v15.75.1",
            ["bytes"] = bytes,
            ["apps"] = new JsonObject { ["frappe"] = "15.78.1", ["erpnext"] = "15.75.1" },
        }.ToJsonString();
}

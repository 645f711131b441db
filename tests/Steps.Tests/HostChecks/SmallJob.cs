using System.Text.Json.Nodes;

namespace ErpInstaller.Tests.HostChecks;

/// <summary>A job with one container.</summary>
internal static class SmallJob
{
    public static JsonObject Of(string id) =>
        new()
        {
            ["ID"] = id,
            ["Name"] = id,
            ["Namespace"] = "default",
            ["Type"] = "service",
            ["Datacenters"] = new JsonArray("*"),
            ["TaskGroups"] = new JsonArray(
                new JsonObject
                {
                    ["Name"] = "frontend",
                    ["Count"] = 1,
                    ["Tasks"] = new JsonArray(
                        new JsonObject
                        {
                            ["Name"] = "frontend",
                            ["Driver"] = "docker",
                            ["Config"] = new JsonObject { ["image"] = "nginx" },
                            ["Resources"] = new JsonObject { ["CPU"] = 500, ["MemoryMB"] = 512 },
                        }
                    ),
                }
            ),
        };
}

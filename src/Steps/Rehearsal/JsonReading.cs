using System.Globalization;
using System.Text.Json.Nodes;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// Reads members of jobs, allocations and other objects of Nomad's API. A missing member is a bug in the rehearsal,
/// unless a method says otherwise.
/// </summary>
internal static class JsonReading
{
    /// <summary>A member's text.</summary>
    public static string Text(this JsonNode owner, string member) => owner[member]!.GetValue<string>();

    /// <summary>A member's integer, whether it was parsed or created from an int or a long.</summary>
    public static long Long(this JsonNode owner, string member) => Whole(owner[member]!);

    /// <inheritdoc cref="Long"/>
    public static int Int(this JsonNode owner, string member) => (int)owner.Long(member);

    /// <summary>A member's integer, or <paramref name="otherwise"/> if the member is missing.</summary>
    public static int Int(this JsonNode owner, string member, int otherwise) =>
        owner[member] is { } number ? (int)Whole(number) : otherwise;

    /// <summary>Whether a member exists and is true.</summary>
    public static bool Flag(this JsonNode owner, string member) => owner[member]?.GetValue<bool>() == true;

    /// <summary>The objects in a member: an array, or an object whose values they are.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonNode owner, string member) =>
        owner[member] is JsonArray array
            ? array.Select(o => o!.AsObject())
            : owner[member]!.AsObject().Select(o => o.Value!.AsObject());

    /// <summary>The groups of a job.</summary>
    public static IEnumerable<JsonObject> Groups(this JsonObject job) => job.Objects("TaskGroups");

    /// <summary>The group with this name; null if the job has none.</summary>
    public static JsonObject? Group(this JsonObject? job, string name) =>
        job?.Groups().FirstOrDefault(g => g.Text("Name") == name);

    /// <summary>The number of allocations that a group asks for.</summary>
    public static int Count(this JsonObject group) => group.Int("Count", 1);

    /// <summary>The tasks of a group.</summary>
    public static IEnumerable<JsonObject> Tasks(this JsonObject group) => group.Objects("Tasks");

    private static long Whole(JsonNode number) => long.Parse(number.ToJsonString(), CultureInfo.InvariantCulture);
}

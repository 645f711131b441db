using System.Text.Json.Nodes;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Rehearsal;

/// <summary>
/// The state of the rehearsed servers: jobs, evaluations, deployments, allocations, Variables, and the raft index. It
/// is one JSON object, which a rehearsal keeps in its state directory from one run to the next.
/// </summary>
internal sealed class RehearsedServers
{
    private readonly string? _path;
    private readonly JsonObject _content;
    private long _saved;

    /// <param name="path">Its file; null if the state is in memory only.</param>
    public RehearsedServers(string? path)
    {
        _path = path;
        _content = RehearsalFile.Read(path) ?? new JsonObject { ["Index"] = 10 };
        _saved = Index;
    }

    /// <summary>The raft index, which grows with every change.</summary>
    public long Index => _content.Long("Index");

    /// <summary>Job id → the job as Nomad keeps it.</summary>
    public JsonObject Jobs => Table("Jobs");

    /// <summary>Evaluation id → evaluation.</summary>
    public JsonObject Evaluations => Table("Evaluations");

    /// <summary>Deployment id → deployment.</summary>
    public JsonObject Deployments => Table("Deployments");

    /// <summary>Allocation id → allocation, without its job.</summary>
    public JsonObject Allocations => Table("Allocations");

    /// <summary>Path → Variable.</summary>
    public JsonObject Variables => Table("Variables");

    /// <summary>Allocation id → job, in the allocation's version.</summary>
    public JsonObject JobOfAllocation => Table("JobOfAllocation");

    /// <summary>The job in the allocation's version.</summary>
    public JsonObject JobOf(JsonNode allocation) => JobOfAllocation[allocation.Text("ID")]!.AsObject();

    /// <summary>Counts a change and returns the new index.</summary>
    public long Next()
    {
        _content["Index"] = Index + 1;
        return Index;
    }

    /// <summary>Writes the file, if there is one and the state has changed.</summary>
    public void Save()
    {
        if (_path is not null && _saved != Index)
        {
            _saved = Index;
            AtomicFile.Write(_path, _content.ToJsonString());
        }
    }

    private JsonObject Table(string name)
    {
        if (_content[name] is not JsonObject table)
        {
            _content[name] = table = [];
        }

        return table;
    }
}

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ErpInstaller.Outside.Nomad;

/// <summary>The agent that answers: <c>GET /v1/agent/self</c>.</summary>
public sealed record NomadAgent
{
    [JsonPropertyName("config")]
    public NomadAgentConfig Config { get; init; } = new();

    [JsonPropertyName("stats")]
    public NomadAgentStats Stats { get; init; } = new();
}

/// <summary>Of its configuration.</summary>
public sealed record NomadAgentConfig
{
    /// <summary>Where it keeps its state and its allocations, on its own host; empty for a development agent.</summary>
    public string DataDir { get; init; } = "";

    /// <summary>Started with <c>-dev</c>: it keeps jobs and Variables in memory only.</summary>
    public bool DevMode { get; init; }

    /// <summary>The plugins that its configuration names.</summary>
    public List<NomadAgentPlugin>? Plugins { get; init; }

    public NomadAgentVersion Version { get; init; } = new();

    public NomadAgentAcl ACL { get; init; } = new();
}

/// <summary>A <c>plugin</c> block of its configuration. Of two with one name the later replaces the other.</summary>
public sealed record NomadAgentPlugin
{
    public string Name { get; init; } = "";

    /// <summary>As it was written: a block is a list of objects.</summary>
    public JsonObject? Config { get; init; }
}

/// <summary>Its version, for example 1.10.5.</summary>
public sealed record NomadAgentVersion
{
    public string Version { get; init; } = "";
}

/// <summary>Whether it asks for tokens.</summary>
public sealed record NomadAgentAcl
{
    public bool Enabled { get; init; }
}

/// <summary>Of its statistics.</summary>
public sealed record NomadAgentStats
{
    /// <summary>Null when the agent is a server only.</summary>
    [JsonPropertyName("client")]
    public NomadAgentClient? Client { get; init; }
}

/// <summary>The client in the agent.</summary>
public sealed record NomadAgentClient
{
    [JsonPropertyName("node_id")]
    public string NodeId { get; init; } = "";
}

using System.Globalization;

namespace ErpInstaller.Outside.Nomad;

/// <summary>What is asked of an existing job: <c>GET /v1/job/:id</c>.</summary>
public sealed record NomadJobSummary
{
    public string ID { get; init; } = "";

    /// <summary>pending, running, dead.</summary>
    public string Status { get; init; } = "";

    public string Type { get; init; } = "";

    /// <summary>It runs once and ends.</summary>
    public bool IsBatch => Type == "batch";

    public bool Stop { get; init; }

    public long JobModifyIndex { get; init; }

    public long Version { get; init; }

    /// <summary>Says whose job it is.</summary>
    public Dictionary<string, string>? Meta { get; init; }

    public List<NomadJobGroup>? TaskGroups { get; init; }
}

/// <summary>Of a group of an existing job.</summary>
public sealed record NomadJobGroup
{
    public string Name { get; init; } = "";

    public int Count { get; init; }

    public Dictionary<string, string>? Meta { get; init; }

    public NomadJobUpdate? Update { get; init; }

    public List<NomadJobTask>? Tasks { get; init; }
}

/// <summary>How a group of an existing job is updated.</summary>
public sealed record NomadJobUpdate
{
    public int Canary { get; init; }
}

/// <summary>Of a task of an existing job.</summary>
public sealed record NomadJobTask
{
    public string Name { get; init; } = "";

    public NomadJobDriver? Config { get; init; }

    public Dictionary<string, string>? Env { get; init; }

    public NomadJobTaskResources? Resources { get; init; }
}

/// <summary>The driver configuration of a task of an existing job.</summary>
public sealed record NomadJobDriver
{
    [System.Text.Json.Serialization.JsonPropertyName("image")]
    public string Image { get; init; } = "";
}

/// <summary>What a task is given.</summary>
public sealed record NomadJobTaskResources
{
    /// <summary>MHz.</summary>
    public int CPU { get; init; }
}

/// <summary>A job in the list of jobs.</summary>
public sealed record NomadJobRow
{
    public string ID { get; init; } = "";

    /// <summary>The periodic job that it is a run of; empty: it is none.</summary>
    public string ParentID { get; init; } = "";
}

/// <summary>A run of a periodic job, in the list of jobs.</summary>
public sealed record NomadPeriodicRun
{
    /// <summary>The job's id, <c>/periodic-</c>, and the time in seconds since 1970.</summary>
    public string ID { get; init; } = "";

    /// <summary>When it was due.</summary>
    public DateTimeOffset Time =>
        long.TryParse(ID[(ID.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? DateTimeOffset.FromUnixTimeSeconds(time)
            : default;
}

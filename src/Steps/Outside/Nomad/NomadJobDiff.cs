namespace ErpInstaller.Outside.Nomad;

/// <summary>What differs between a job and its planned version. Types are None, Added, Deleted, Edited.</summary>
public sealed record NomadJobDiff
{
    public string Type { get; init; } = "";

    public List<NomadFieldDiff>? Fields { get; init; }

    public List<NomadObjectDiff>? Objects { get; init; }

    public List<NomadGroupDiff>? TaskGroups { get; init; }
}

/// <summary>What differs in a group.</summary>
public sealed record NomadGroupDiff
{
    public string Type { get; init; } = "";

    public string Name { get; init; } = "";

    public List<NomadFieldDiff>? Fields { get; init; }

    public List<NomadObjectDiff>? Objects { get; init; }

    public List<NomadTaskDiff>? Tasks { get; init; }
}

/// <summary>What differs in a task.</summary>
public sealed record NomadTaskDiff
{
    public string Type { get; init; } = "";

    public string Name { get; init; } = "";

    public List<NomadFieldDiff>? Fields { get; init; }

    public List<NomadObjectDiff>? Objects { get; init; }
}

/// <summary>What differs in a block.</summary>
public sealed record NomadObjectDiff
{
    public string Type { get; init; } = "";

    public string Name { get; init; } = "";

    public List<NomadFieldDiff>? Fields { get; init; }

    public List<NomadObjectDiff>? Objects { get; init; }
}

/// <summary>A value that differs.</summary>
public sealed record NomadFieldDiff
{
    public string Type { get; init; } = "";

    public string Name { get; init; } = "";

    public string Old { get; init; } = "";

    public string New { get; init; } = "";
}

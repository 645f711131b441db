namespace ErpInstaller.Core.Ids;

/// <summary>The ids of one installation's jobs at Nomad.</summary>
/// <param name="Application">The job that serves the site: <c>nomad.job</c> of the answers. The others are named after
/// it.</param>
internal sealed record JobIds(string Application)
{
    /// <summary>MariaDB and Redis.</summary>
    public string Data => $"{Application}-data";

    /// <summary>Makes the site, once.</summary>
    public string Init => $"{Application}-init";

    /// <summary>Looks at the site from inside, for some seconds.</summary>
    public string Verify => $"{Application}-verify";

    /// <summary>The jobs of a deployment, in the order in which they are registered.</summary>
    public IReadOnlyList<string> Deployed => [Data, Init, Application];

    /// <summary>Every name that an installation takes.</summary>
    public IReadOnlyList<string> All => [.. Deployed, Verify];
}

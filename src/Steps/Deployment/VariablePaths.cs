namespace ErpInstaller.Deployment;

/// <summary>Where the secrets are. A task reads without a policy what is below its own job's path.</summary>
public static class VariablePaths
{
    /// <summary>Item: MariaDB's root password.</summary>
    public const string RootPassword = "db_root_password";

    /// <summary>Item: password of the site's user Administrator.</summary>
    public const string AdminPassword = "admin_password";

    /// <summary>Item: the certificate chain, PEM.</summary>
    public const string Certificate = "certificate";

    /// <summary>Item: its key, PEM.</summary>
    public const string Key = "key";

    /// <summary>Read by the database's group.</summary>
    public static string Database(string job) => $"nomad/jobs/{job}-data/database";

    /// <summary>Read by the init job's tasks.</summary>
    public static string Init(string job) => $"nomad/jobs/{job}-init";

    /// <summary>Read by every group of the application job: nothing secret, the certificate that they must trust.</summary>
    public static string Application(string job) => $"nomad/jobs/{job}";

    /// <summary>Read by the frontend's group.</summary>
    public static string Frontend(string job) => $"nomad/jobs/{job}/frontend";
}

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>
/// Names of Nomad services. They begin with the job's name, so two installations in one namespace do not conflict.
/// </summary>
internal static class ServiceNames
{
    /// <summary>The service that other containers know as <paramref name="name"/>.</summary>
    public static string Of(string job, string name) => $"{job}-{name}";
}

namespace ErpInstaller.Deployment.ErpNext;

/// <summary>Names in Nomad's services: the job's, so that two installations in one namespace do not meet.</summary>
internal static class ServiceNames
{
    /// <summary>The service that is <paramref name="name"/> to the other containers.</summary>
    public static string Of(string job, string name) => $"{job}-{name}";
}

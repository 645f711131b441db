namespace ErpInstaller.Deployment.ErpNext;

/// <summary>Data that must outlive its container.</summary>
internal enum DataVolume
{
    /// <summary>MariaDB's.</summary>
    Database,

    /// <summary>The background jobs that wait in Redis.</summary>
    RedisQueue,
}

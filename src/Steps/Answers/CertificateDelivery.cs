namespace ErpInstaller.Answers;

/// <summary>How certificate and key reach the frontend; in TOML <c>variable</c>, <c>host-volume</c>.</summary>
public enum CertificateDelivery
{
    /// <summary>In a Nomad Variable, rendered into the container's memory.</summary>
    Variable,

    /// <summary>As a file in a host volume of the node, named after the job: <c>JOB-ssl</c>.</summary>
    HostVolume,
}

using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>What the jobs need to know beside the answers.</summary>
public sealed record ErpNextPlace
{
    /// <summary>The node that runs everything: the network of the containers lives on one.</summary>
    public required NomadNode Node { get; init; }

    /// <summary>Namespace of the jobs.</summary>
    public required string Namespace { get; init; }

    /// <summary>Reference of the image with all apps, as Nomad is given it.</summary>
    public required string Image { get; init; }

    /// <summary>The apps to install into the site, in order, ERPNext first.</summary>
    public required IReadOnlyList<string> Apps { get; init; }

    /// <summary>The frontend's own certificate is self-signed: containers that call the site must be told to trust it.</summary>
    public required bool SelfSigned { get; init; }

    /// <summary>How often the init job was asked to run: a batch job that ended runs again only when its group changes.</summary>
    public int InitRun { get; init; } = 1;
}

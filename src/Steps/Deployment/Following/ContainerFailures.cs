using ErpInstaller.Core.Errors;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Deployment.Following;

/// <summary>
/// Finds the cause of a failure in the event of an allocation. For a failed pull, it is the registry's cause.
/// </summary>
internal static class ContainerFailures
{
    /// <summary>The cause; null: it is not known.</summary>
    /// <param name="said">The message of the event.</param>
    public static Diagnosis? Find(string said) =>
        NomadFailures.Pull(said) is var (reference, why)
            ? OfPull(reference, why)
            : NomadFailures.OfContainers.Find(said);

    private static Diagnosis OfPull(string reference, string why)
    {
        var known = RegistryFaults.Find(reference, why);
        var hint = known is null
            ? $"Try it by hand on the node: docker pull {reference}"
            : $"{char.ToUpperInvariant(known.What![0])}{known.What[1..]}. {known.Hint}";

        // Nomad removes images without a container, including our image that exists nowhere else.
        var built =
            known?.Fault is RegistryFault.Unauthorized or RegistryFault.Absent
            && ImageReference.Registry(reference) == ImageReference.DockerHub
                ? " Nomad removes unused images. If this one was built here, run the same command again, and keep it: "
                    + "plugin \"docker\" { config { gc { image = false } } }."
                : "";
        return new Diagnosis(Diagnosis.Says(why), known?.What, hint + built) { IsFinal = known?.IsFinal == true };
    }
}

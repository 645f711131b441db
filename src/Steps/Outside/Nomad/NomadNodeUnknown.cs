using ErpInstaller.Core.Errors;

namespace ErpInstaller.Outside.Nomad;

/// <summary>The node that the answers name cannot be told among Nomad's nodes.</summary>
public sealed class NomadNodeUnknown : InstallerException
{
    private NomadNodeUnknown(string message, string hint)
        : base(message, hint, ExitCode.StepFailed) { }

    /// <summary>No node has this name or id.</summary>
    /// <param name="key">The answer that names it.</param>
    public static NomadNodeUnknown None(string node, IReadOnlyList<NomadNodeRow> rows, string key) =>
        new($"Nomad has no node {node}", Known(rows, key));

    /// <summary>The agent at this address is a server only, so it is no node itself.</summary>
    public static NomadNodeUnknown NoClient(Uri address, IReadOnlyList<NomadNodeRow> rows) =>
        new($"The Nomad agent at {address} is no client, and nomad.node names none", Known(rows, "nomad.node"));

    /// <summary>Several nodes have this name.</summary>
    /// <param name="key">The answer that names it.</param>
    public static NomadNodeUnknown Several(string node, IReadOnlyList<string> ids, string key) =>
        new(
            $"{ids.Count} nodes have the name {node}",
            $"Give the id instead, in {key}: \"{ids[0]}\" (or {string.Join(", ", ids.Skip(1))})"
        );

    private static string Known(IReadOnlyList<NomadNodeRow> rows, string key) =>
        rows.Count == 0
            ? "It has no nodes at all: start a client agent."
            : $"Its nodes: {string.Join(", ", rows.Select(r => r.Name))}. Set {key} in the answers.";
}

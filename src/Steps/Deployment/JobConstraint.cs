namespace ErpInstaller.Deployment;

/// <summary>A node must have this value of an attribute.</summary>
/// <param name="Attribute">For example <c>${node.unique.id}</c>.</param>
public sealed record JobConstraint(string Attribute, string Value);

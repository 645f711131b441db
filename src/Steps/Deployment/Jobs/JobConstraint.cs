namespace ErpInstaller.Deployment.Jobs;

/// <summary>A node must have this value of an attribute, or one of these.</summary>
/// <param name="Attribute">For example <c>${node.unique.id}</c>.</param>
/// <param name="Value">For <see cref="AnyOf"/> several, with commas between them.</param>
public sealed record JobConstraint(string Attribute, string Value, string Operator = JobConstraint.Is)
{
    /// <summary>The attribute has the value.</summary>
    public const string Is = "=";

    /// <summary>The attribute has one of the values.</summary>
    public const string AnyOf = "set_contains_any";
}

namespace ErpInstaller.Apps.Requirements;

/// <summary>A requirement of an app that the image would not meet.</summary>
/// <param name="App">The app that is missing or has another version, or <c>Python</c>, <c>Node.js</c>.</param>
/// <param name="Needs">The requirement: <c>frappe &gt;=16.0.0</c>, <c>the app telephony</c>.</param>
/// <param name="Has">The version in the image: <c>15.75.1</c>; null: the app is not chosen.</param>
public sealed record Misfit(string App, string Needs, string? Has)
{
    /// <summary>Describes it as a part of a sentence: <c>needs frappe &gt;=16.0.0, v15.75.1 has 15</c>.</summary>
    /// <param name="owner">The release's name; empty where the context shows it.</param>
    public string Describe(string owner = "") =>
        Has is null
            ? $"needs {Needs}, which is not chosen"
            : $"needs {Needs}, {(owner.Length == 0 ? "" : owner + " ")}has {Has}";
}

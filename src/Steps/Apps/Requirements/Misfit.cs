namespace ErpInstaller.Apps.Requirements;

/// <summary>Something that an app needs and the image would not have.</summary>
/// <param name="App">The app that is missing or has another version, or <c>Python</c>, <c>Node.js</c>.</param>
/// <param name="Needs">What it needs of it: <c>frappe &gt;=16.0.0</c>, <c>the app telephony</c>.</param>
/// <param name="Has">What there is: <c>15.75.1</c>; null: the app is not chosen.</param>
public sealed record Misfit(string App, string Needs, string? Has)
{
    /// <summary>As a part of a sentence: <c>needs frappe &gt;=16.0.0, v15.75.1 has 15</c>.</summary>
    /// <param name="owner">Who has it; empty where that is plain.</param>
    public string Say(string owner = "") =>
        Has is null
            ? $"needs {Needs}, which is not chosen"
            : $"needs {Needs}, {(owner.Length == 0 ? "" : owner + " ")}has {Has}";
}

namespace ErpInstaller.Outside.Docker;

/// <summary>A volume of the engine.</summary>
/// <param name="Driver">For example <c>local</c>.</param>
/// <param name="Labels">Its labels, those that it was made with: this installer's volumes carry its own.</param>
public sealed record DockerVolume(string Name, string Driver, IReadOnlyDictionary<string, string> Labels);

namespace ErpInstaller.Outside.Docker;

/// <summary>A network of the engine.</summary>
/// <param name="Driver">For example <c>bridge</c>.</param>
/// <param name="Labels">Its labels; this installer's networks carry its own.</param>
public sealed record DockerNetwork(string Name, string Driver, IReadOnlyDictionary<string, string> Labels);

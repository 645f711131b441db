namespace ErpInstaller.Core.Toml;

/// <summary>A key in a table with its value.</summary>
/// <param name="Name">The key.</param>
/// <param name="Place">The key's place in the file.</param>
/// <param name="Value">Its value.</param>
internal sealed record Member(string Name, Place Place, TomlNode Value);

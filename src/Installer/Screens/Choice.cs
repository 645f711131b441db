namespace ErpInstaller.Screens;

/// <summary>Something that can be chosen from a list.</summary>
/// <param name="Title">What happens.</param>
/// <param name="Why">What there is to know before; may be empty.</param>
internal sealed record Choice(string Title, string Why, Action Chosen);

using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Tests.Fuzz;

/// <summary>A part of the product that reads bytes from outside.</summary>
/// <param name="Name">Also the folder of its kept inputs.</param>
/// <param name="Samples">Valid inputs, which are mutated.</param>
/// <param name="Read">Reads an input and returns the text that an operator would see.</param>
internal sealed record Reader(string Name, IReadOnlyList<byte[]> Samples, Func<byte[], string> Read)
{
    /// <summary>Its part of the inputs, where 1 is the usual one: some readers are slow.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The text of an error for the operator, as <c>EventStream</c> cleans it.</summary>
    public Func<InstallerException, string> Shown { get; init; } =
        e => TerminalText.Clean(string.Join('\n', e.Details.Prepend(e.Hint).Prepend(e.Message)));
}

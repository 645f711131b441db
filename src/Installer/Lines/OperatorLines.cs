using System.Text;

namespace ErpInstaller.Lines;

/// <summary>Asks the operator for lines.</summary>
internal sealed class OperatorLines(TextWriter output, CancellationToken cancellation)
{
    private const char EndOfInput = '\u0004';

    /// <summary>Asks for one line.</summary>
    /// <param name="isSecret">Whether to hide the typed text.</param>
    /// <exception cref="InputEnded">The input ended.</exception>
    /// <exception cref="OperationCanceledException">The program got a signal.</exception>
    public async Task<string> AskAsync(string prompt, bool isSecret = false)
    {
        cancellation.ThrowIfCancellationRequested();
        await output.WriteAsync(prompt + " ");
        await output.FlushAsync(cancellation);

        // Reading cannot be cancelled, so it is abandoned. The runtime restores the terminal when the process ends.
        var line = await Task.Run(
                () => isSecret && !Console.IsInputRedirected ? ReadHidden() : Console.In.ReadLine(),
                CancellationToken.None
            )
            .WaitAsync(cancellation);
        if (Console.IsInputRedirected || isSecret)
        {
            await output.WriteLineAsync();
        }

        return line?.Trim() ?? throw new InputEnded();
    }

    /// <summary>Asks for yes or no; Enter is no.</summary>
    public async Task<bool> ConfirmAsync(string question) =>
        (await AskAsync($"{question} [y/N]")).ToLowerInvariant() is "y" or "yes";

    private static string? ReadHidden()
    {
        var typed = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    return typed.ToString();
                case { Key: ConsoleKey.Backspace }:
                    typed.Length = Math.Max(0, typed.Length - 1);
                    break;
                case { KeyChar: EndOfInput }:
                    return null;
                default:
                    typed.Append(char.IsControl(key.KeyChar) ? "" : key.KeyChar.ToString());
                    break;
            }
        }
    }
}

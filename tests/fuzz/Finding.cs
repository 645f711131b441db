using System.Diagnostics;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.Tests.Fuzz;

/// <summary>The fault in a reader's answer to an input.</summary>
/// <param name="Kind">The same for inputs that fail in the same way.</param>
/// <param name="Details">For the test's message.</param>
internal sealed record Finding(string Kind, string Details)
{
    /// <summary>The longest time for one input.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>As <see cref="In"/>, but a slow input must be slow twice: a busy machine is no finding.</summary>
    public static Finding? Confirmed(Reader reader, byte[] input) =>
        In(reader, input) is { } finding ? (finding == Slow ? In(reader, input) : finding) : null;

    /// <summary>Gives an input to a reader.</summary>
    /// <returns>Null if the reader reads it or refuses it as an operator error.</returns>
    public static Finding? In(Reader reader, byte[] input)
    {
        var began = Stopwatch.GetTimestamp();
        string shown;
        try
        {
            shown = reader.Read(input);
        }
        catch (InstallerException e) when (e.ExitCode != ExitCode.Internal)
        {
            shown = reader.Shown(e);
        }
#pragma warning disable CA1031 // Every other exception is a finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new Finding($"{e.GetType().Name} {Origin(e)}", e.ToString());
        }

        var control = shown.Where(c => char.IsControl(c) && c != '\n').Select(c => (int?)c).FirstOrDefault();
        return control is not null ? new Finding("control-character", $"U+{control:X4} is shown in: {shown}")
            : Stopwatch.GetElapsedTime(began) > Patience ? Slow
            : null;
    }

    /// <summary>The reader took too long.</summary>
    public static Finding Slow { get; } = new("slow", $"The reader took more than {Patience.TotalSeconds} s.");

    private static string Origin(Exception error) =>
        new StackTrace(error)
            .GetFrames()
            .Select(f => f.GetMethod())
            .Where(m => m?.DeclaringType?.Namespace?.StartsWith("ErpInstaller", StringComparison.Ordinal) == true)
            .Select(m => $"{m!.DeclaringType!.Name}.{m.Name}")
            .FirstOrDefault()
        ?? "";
}

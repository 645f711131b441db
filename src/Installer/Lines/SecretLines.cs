using System.Globalization;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>Writes where a secret is kept.</summary>
internal static class SecretLines
{
    public static void Write(SecretKnown secret, PlainLines output)
    {
        var version = secret.Version is { } index
            ? string.Create(CultureInfo.InvariantCulture, $", version {index}")
            : "";
        output.Write($"{secret.Name, -19} {HowItStands(secret)}");
        output.Write($"    {secret.Place}{version}");
    }

    private static string HowItStands(SecretKnown secret)
    {
        var rotated = secret.Rotated is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"rotated {at:yyyy-MM-dd HH:mm} UTC")
            : "never rotated";
        return secret.State switch
        {
            SecretState.Missing => "not created yet",
            SecretState.Waiting => $"{rotated}; the next install applies it",
            SecretState.Elsewhere => "not at Nomad",
            _ => rotated,
        };
    }
}

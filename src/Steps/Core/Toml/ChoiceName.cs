using System.Text.Json;

namespace ErpInstaller.Core.Toml;

/// <summary>An enumeration's value in an answer file.</summary>
internal static class ChoiceName
{
    /// <summary>How it is spelled: <c>LetsEncrypt</c> is <c>lets-encrypt</c>.</summary>
    public static string Of(Enum value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

using System.Text.RegularExpressions;

namespace ErpInstaller.Core.Secrets;

/// <summary>
/// Removes secrets that nothing has registered, by their surroundings: private keys in PEM, passwords in URLs, headers,
/// and the values of names that mean a secret. For texts that leave the host.
/// </summary>
internal static partial class SecretShapes
{
    private const string Mark = SecretStore.Mark;

    /// <summary>The text with each of them replaced by <c>•••</c>.</summary>
    public static string Redact(string text)
    {
        text = WholeKey().Replace(text, Mark);
        text = KeyWithoutEnd().Replace(text, Mark);
        text = KeyWithoutBegin().Replace(text, Mark);
        text = Header().Replace(text, $"$1{Mark}");
        text = Bearer().Replace(text, $"$1{Mark}");
        text = PasswordInUrl().Replace(text, $"$1:{Mark}@");
        text = TokenInUrl().Replace(text, $"$1{Mark}@");
        text = Named().Replace(text, $"$1$2{Mark}$2");
        text = Variable().Replace(text, $"$1{Mark}");
        return Argument().Replace(text, $"$1{Mark}");
    }

    // Line ends are also written as \n: in JSON, and in TOML.
    [GeneratedRegex(
        @"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,16384}?"
            + @"-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----"
    )]
    private static partial Regex WholeKey();

    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?:(?:\s|\\[nrt])+[A-Za-z0-9+/=]{16,76})*")]
    private static partial Regex KeyWithoutEnd();

    // The beginning of a log was cut off.
    [GeneratedRegex(
        @"(?:[A-Za-z0-9+/=]{16,76}(?:\s|\\[nrt])+)*(?:[A-Za-z0-9+/=]{1,76}(?:\s|\\[nrt])+)?"
            + @"-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----",
        RegexOptions.RightToLeft
    )]
    private static partial Regex KeyWithoutBegin();

    [GeneratedRegex(
        @"((?:authorization|x-nomad-token|x-vault-token|private-token|set-cookie|cookie)\\?[""']?\s*[:=]\s*\\?[""']?"
            + @"(?:(?:basic|bearer|token|digest|negotiate)\s+)?)(?!•)[^\s""',;\\]+",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Header();

    [GeneratedRegex(@"(\bbearer\s+)[A-Za-z0-9._~+/=-]{16,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"([a-z][a-z0-9+.-]*://[^\s/:@""'<>]*):(?!•)[^\s/""'<>]+@", RegexOptions.IgnoreCase)]
    private static partial Regex PasswordInUrl();

    // A name is shorter.
    [GeneratedRegex(@"(https?://)(?!•)[^\s/:@""'<>]{16,}@", RegexOptions.IgnoreCase)]
    private static partial Regex TokenInUrl();

    // In JSON, TOML and Python. A value that refers to another place is none: {{ .db_root_password }}, $PASSWORD.
    [GeneratedRegex(
        @"([\w.-]*(?:password|passwd|passphrase|secret|token|encryption_key|api_?key|access_?key|private_?key)[\w.-]*"
            + @"(?<!_file)\\?[""']?\s*[:=]\s*)(\\?[""'])(?!\{\{|\$|•)(?:(?!\2)[^\r\n])+?\2",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Named();

    [GeneratedRegex(
        @"((?<![A-Za-z0-9_])[A-Z0-9_]*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|_KEY|_PWD)=)(?![""'\\{$•])[^\s""'\\]+"
    )]
    private static partial Regex Variable();

    [GeneratedRegex(
        @"((?<![\w-])--[a-z-]*(?:password|passphrase|secret|token)(?:=|\s+)[""']?)(?![\s""'\\${<•-])[^\s""'\\]+"
    )]
    private static partial Regex Argument();
}

using System.Globalization;
using System.Net;
using System.Text;

namespace ErpInstaller.Answers.Keys;

/// <summary>
/// The rules for texts. Many of these texts reach a shell, a Dockerfile, nginx or HCL: the patterns
/// are narrow for that reason.
/// </summary>
internal static partial class TextRules
{
    /// <summary>One line for humans.</summary>
    public static readonly TextRule Sentence = new("one line of text", Patterns.Sentence, Patterns.SentenceRegex)
    {
        MaxLength = 500,
        Explain = text => string.IsNullOrWhiteSpace(text) ? "is blank" : null,
    };

    /// <summary>
    /// A DNS host name (RFC 1123) in lower case; Frappe also makes it a directory, nginx a server name.
    /// </summary>
    public static readonly TextRule HostName = new(
        "a host name in lower case, like erp.example.com",
        Patterns.HostName,
        Patterns.HostNameRegex
    )
    {
        MaxLength = 253,
        Explain = text =>
            IPAddress.TryParse(text, out _) || text.Split('.')[^1].All(char.IsAsciiDigit)
                ? "is an address, a name is needed"
                : null,
        Correct = text => AsciiName(HostOf(text).TrimEnd('.').ToLowerInvariant().Replace('_', '-')),
    };

    /// <summary>A path that means the same from every directory: a later run may start elsewhere.</summary>
    public static readonly TextRule AbsolutePath = new(
        "an absolute path, one that begins with /",
        Patterns.AbsolutePath,
        Patterns.AbsolutePathRegex
    )
    {
        MaxLength = 4096,
        Explain = text => text.StartsWith('~') ? "starts with ~, which only a shell understands" : null,
    };

    /// <summary>The name of an environment variable.</summary>
    public static readonly TextRule EnvironmentVariable = new(
        "the name of an environment variable",
        Patterns.EnvironmentVariable,
        Patterns.EnvironmentVariableRegex
    );

    /// <summary>A secret other than the site password: any text of one line.</summary>
    public static readonly TextRule AnySecret = new("one line of text", Patterns.Sentence, Patterns.SentenceRegex)
    {
        MinLength = 4,
        MaxLength = 4096,
        Explain = text => text.Length < 4 ? "is shorter than 4 characters" : null,
    };

    /// <summary>
    /// A password that survives every quoting on its way into the database (facts of <c>bench new-site</c>).
    /// </summary>
    public static readonly TextRule Password = new(
        "made of letters A-Z a-z and digits only",
        Patterns.Password,
        Patterns.PasswordRegex
    )
    {
        MinLength = 8,
        Explain = text => text.Length < 8 ? "is shorter than 8 characters" : null,
    };

    // DNS, certificates and nginx know only the ASCII form of a name with other letters (RFC 5890: xn--). Without
    // culture data, a letter and its separate accent are not joined, and the result would be another name.
    private static string AsciiName(string name)
    {
        if (Ascii.IsValid(name) || name.Any(c => c is >= '\u0300' and <= '\u036f'))
        {
            return name;
        }

        try
        {
            return new IdnMapping { UseStd3AsciiRules = true }.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    private static string HostOf(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) && url.Host.Length > 0 ? url.Host : text.Trim();
}

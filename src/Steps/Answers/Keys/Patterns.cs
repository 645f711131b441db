using System.Text.RegularExpressions;

namespace ErpInstaller.Answers.Keys;

/// <summary>
/// The patterns of texts, each once as a constant for the JSON schema and once generated for checking.
/// </summary>
internal static partial class Patterns
{
    private const string ImagePart = @"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*";
    private const string Label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";

    // Without a dot, a port or "localhost", Docker reads the first part as a user of Docker Hub.
    private const string RegistryHost = $@"(?:localhost|{Label}(?:\.{Label})+|{Label}(?=:))(?::[0-9]{{1,5}})?";

    public const string Sentence = @"^.*\S.*$";
    public const string HostName = @"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$";
    public const string AbsolutePath = @"^/[^\x00-\x1f""'`$;\\]*$";
    public const string EnvironmentVariable = "^[A-Za-z_][A-Za-z0-9_]*$";
    public const string Password = "^[A-Za-z0-9]+$";
    public const string ReleaseName = @"^[A-Za-z0-9][A-Za-z0-9._-]*$";
    public const string AppName = "^[a-z][a-z0-9_]*$";
    public const string GitRef = @"^[A-Za-z0-9_][A-Za-z0-9._/+-]*[A-Za-z0-9_+*-]$|^[A-Za-z0-9_]$";
    public const string ImageName = $"^{ImagePart}(?:/{ImagePart})*$";
    public const string RegistryUser = @"^[A-Za-z0-9_][A-Za-z0-9._@+$~-]*$";
    public const string Mirror =
        @"^https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~+-]+)*/?$";

    public const string NomadAddress =
        @"^(?:https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?/?"
        + @"|unix:///[A-Za-z0-9._/-]+)$";
    public const string JobName = "^[a-z0-9](?:[a-z0-9-]{0,59}[a-z0-9])?$";
    public const string Namespace = "^[A-Za-z0-9-]+$";
    public const string Region = "^[A-Za-z0-9][A-Za-z0-9._-]*$";
    public const string Node = "^[A-Za-z0-9][A-Za-z0-9._-]*$";
    public const string HostVolume = "^[A-Za-z0-9][A-Za-z0-9_-]*$";
    public const string NfsExport = "^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?:/[A-Za-z0-9._/+-]*$";
    public const string NfsOptions =
        "^[a-z][a-z0-9_]*(?:=[A-Za-z0-9.:_-]+)?(?:,[a-z][a-z0-9_]*(?:=[A-Za-z0-9.:_-]+)?)*$";
    public const string Resolver = "^[A-Za-z0-9][A-Za-z0-9_-]*$";

    public const string MailUser = @"^[A-Za-z0-9._@+=%/\\~!#&*-]+$";
    public const string MailAddress = $"^{MailBox}$";
    public const string MailSender = $@"^(?:{MailBox}|[^\x00-\x1f""'<>@,;:\\$`{{}}()\[\]]+ <{MailBox}>)$";

    private const string MailBox =
        @"[A-Za-z0-9_+=%&*/!?~^#-]+(?:\.[A-Za-z0-9_+=%&*/!?~^#-]+)*@"
        + @"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+";

    // Four numbers, or an IPv6 address by its characters; the address parser then decides whether it is one.
    public const string NetworkAddress =
        @"^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?:/[0-9]{1,3})?$";

    public const string GitUrl =
        @"^(?:https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?/[A-Za-z0-9._~/+%-]+"
        + @"|ssh://(?:[A-Za-z0-9_-]+@)?[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?/[A-Za-z0-9._~/+-]+"
        + @"|[A-Za-z0-9_-]+@[A-Za-z0-9][A-Za-z0-9.-]*:[A-Za-z0-9._~+][A-Za-z0-9._~/+-]*"
        + @"|file:///[A-Za-z0-9._~/+-]+)$";

    public const string TimeOfDay = "^(?:[01][0-9]|2[0-3]):[0-5][0-9]$";

    public const string TimeZone = @"^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}$";

    public const string BackupUser = @"^[A-Za-z0-9._@+=%/~#-]+$";

    // The server's part is that of a mirror. restic adds the login itself.
    public const string BackupRepository =
        @"^(?:/[A-Za-z0-9._/-]+|(?:s3|rest):https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
        + @"(?:/[A-Za-z0-9._~-]+)*/?)$";

    public const string Registry = $"^{RegistryHost}(?:/{ImagePart})*$";

    public const string ImageReference =
        $"^(?:{RegistryHost}/)?{ImagePart}(?:/{ImagePart})*"
        + "(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?$";

    [GeneratedRegex(Sentence)]
    public static partial Regex SentenceRegex();

    [GeneratedRegex(HostName)]
    public static partial Regex HostNameRegex();

    [GeneratedRegex(AbsolutePath)]
    public static partial Regex AbsolutePathRegex();

    [GeneratedRegex(EnvironmentVariable)]
    public static partial Regex EnvironmentVariableRegex();

    [GeneratedRegex(Password)]
    public static partial Regex PasswordRegex();

    [GeneratedRegex(ReleaseName)]
    public static partial Regex ReleaseNameRegex();

    [GeneratedRegex(AppName)]
    public static partial Regex AppNameRegex();

    [GeneratedRegex(GitRef)]
    public static partial Regex GitRefRegex();

    [GeneratedRegex(GitUrl)]
    public static partial Regex GitUrlRegex();

    [GeneratedRegex(BackupRepository)]
    public static partial Regex BackupRepositoryRegex();

    [GeneratedRegex(TimeOfDay)]
    public static partial Regex TimeOfDayRegex();

    [GeneratedRegex(TimeZone)]
    public static partial Regex TimeZoneRegex();

    [GeneratedRegex(BackupUser)]
    public static partial Regex BackupUserRegex();

    [GeneratedRegex(ImageName)]
    public static partial Regex ImageNameRegex();

    [GeneratedRegex(ImageReference)]
    public static partial Regex ImageReferenceRegex();

    [GeneratedRegex(Registry)]
    public static partial Regex RegistryRegex();

    [GeneratedRegex(RegistryUser)]
    public static partial Regex RegistryUserRegex();

    [GeneratedRegex(Mirror)]
    public static partial Regex MirrorRegex();

    [GeneratedRegex(NomadAddress)]
    public static partial Regex NomadAddressRegex();

    [GeneratedRegex(JobName)]
    public static partial Regex JobNameRegex();

    [GeneratedRegex(Namespace)]
    public static partial Regex NamespaceRegex();

    [GeneratedRegex(Region)]
    public static partial Regex RegionRegex();

    [GeneratedRegex(Node)]
    public static partial Regex NodeRegex();

    [GeneratedRegex(HostVolume)]
    public static partial Regex HostVolumeRegex();

    [GeneratedRegex(NfsExport)]
    public static partial Regex NfsExportRegex();

    [GeneratedRegex(NfsOptions)]
    public static partial Regex NfsOptionsRegex();

    [GeneratedRegex(MailUser)]
    public static partial Regex MailUserRegex();

    [GeneratedRegex(MailAddress)]
    public static partial Regex MailAddressRegex();

    [GeneratedRegex(MailSender)]
    public static partial Regex MailSenderRegex();

    [GeneratedRegex(NetworkAddress)]
    public static partial Regex NetworkAddressRegex();

    [GeneratedRegex(Resolver)]
    public static partial Regex ResolverRegex();
}

namespace ErpInstaller.Answers;

/// <summary>
/// Warnings about valid values in <c>[site]</c> that have a drawback. <c>validate</c> and the screens show them.
/// </summary>
internal static class SiteAdvice
{
    // Hosts files and the containers' network already use these names for something different.
    private static readonly string[] Taken =
    [
        "localhost",
        .. ContainerGroups.All.Select(g => g.Port?.Alias).OfType<string>(),
    ];

    /// <summary>Why a valid host name cannot be the site's name; null: it can.</summary>
    public static string? WhyNot(string name) =>
        name switch
        {
            _ when name == "localhost" || name.EndsWith(".localhost", StringComparison.Ordinal) =>
                "means the user's own computer: no other machine could reach the site",
            _ when Taken.Contains(name) => "is the name of a container of the installation",
            _ => null,
        };

    /// <summary>The drawback of a name; null: none.</summary>
    public static string? OfName(string name) =>
        name.Length == 0 || name.Contains('.', StringComparison.Ordinal)
            ? null
            : "has no dot: a computer finds the site only through its DNS search domain or its hosts file; no public "
                + "authority issues a certificate for it";

    /// <summary>The drawback of a port other than 443; null: none.</summary>
    public static string? OfPort(AnswerFile answers) =>
        SiteAddress.PortOf(answers) == 443
            ? null
            : "is not 443: the front ends of crm, helpdesk, lms, gameplan and hrms then ask for live updates at "
                + $"http://{answers.Site.Name}:9000, where nothing answers; pages show changes only after a reload. "
                + "The desk is not affected";
}

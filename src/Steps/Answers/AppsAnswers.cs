namespace ErpInstaller.Answers;

/// <summary>The <c>[apps]</c> table.</summary>
public sealed record AppsAnswers
{
    /// <summary>Apps to install beside Frappe and ERPNext, by their names in the release.</summary>
    public List<string> Install { get; init; } =
    ["hrms", "crm", "helpdesk", "insights", "gameplan", "lms", "healthcare", "lending"];

    /// <summary>App name → keys of the release's entry to replace.</summary>
    public Dictionary<string, AppOverride> Override { get; init; } = [];
}

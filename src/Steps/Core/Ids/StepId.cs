namespace ErpInstaller.Core.Ids;

/// <summary>The six steps' names, as they stand in <c>state.toml</c>, events and the command line.</summary>
public static class StepId
{
    public const string HostChecks = "host-checks";
    public const string Apps = "apps";
    public const string Certificate = "certificate";
    public const string Image = "image";
    public const string Deployment = "deployment";
    public const string Verification = "verification";

    /// <summary>The step changes nothing: it is done anew at every run, and nothing is lost by it.</summary>
    public static bool OnlyLooks(string step) => step is HostChecks or Verification;
}

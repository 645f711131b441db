using ErpInstaller.Apps;
using ErpInstaller.Certificates;

namespace ErpInstaller.Engine;

/// <summary>The one place that lists the steps.</summary>
public static class InstallSteps
{
    /// <summary>The steps, in the order in which they run.</summary>
    public static IReadOnlyList<IStep> InOrder() =>
    [
        new AppsStep(),
        new CertificateStep(),
    ];
}

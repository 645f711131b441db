using System.Security.Cryptography;
using System.Text;
using ErpInstaller.Answers;
using ErpInstaller.Core.Files;
using ErpInstaller.Deployment;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Run;

namespace ErpInstaller.Verification;

/// <summary>
/// Records in the state directory that the inside checks passed, and for which jobs: a probe changes nothing, so it
/// cannot run them. When a job is registered again, they run again.
/// </summary>
internal sealed class InsideRecord(StepContext context)
{
    private string Path => context.Directory.In("verified.txt");

    /// <summary>True when the inside checks passed with the jobs as they are now.</summary>
    public bool IsOfNow()
    {
        try
        {
            return File.ReadLines(Path).FirstOrDefault() == Subject();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes the findings.</summary>
    public void Keep(IReadOnlyList<InsideFinding> findings) =>
        AtomicFile.Write(
            Path,
            string.Join(
                '\n',
                findings.Select(f => $"{f.Check}: {(f.IsWarning ? "warning: " : "")}{f.Found}").Prepend(Subject())
            ) + "\n"
        );

    private string Subject()
    {
        var deployed = context.Earlier<DeploymentOutputs>().Values.Select(v => $"{v.Key}={v.Value}");
        string[] parts = [.. deployed, SiteAddress.Of(context.Answers), context.Assets.Read(VerifyJob.Script)];
        return $"of {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))))}";
    }
}

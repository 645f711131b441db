using ErpInstaller.HostChecks;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.Run;

namespace ErpInstaller.Screens;

/// <summary>The host checks of the first screen: no run can begin without Docker and Nomad.</summary>
internal static class StartChecks
{
    /// <summary>Checks whether Docker and Nomad answer.</summary>
    public static async Task<IReadOnlyList<HostCheckRow>> TakeAsync(StepContext context, CancellationToken cancellation)
    {
        IReadOnlyList<IHostCheck> checks = [new DockerCheck(), new NomadCheck()];
        var facts = await HostCheckup.CollectAsync(context, checks, previous: null, cancellation);
        return
        [
            .. checks
                .Select(c => (c.Id, Verdict: c.Judge(facts, context.Answers)))
                .Select(c => new HostCheckRow(c.Id, c.Verdict.Kind, c.Verdict.Found, c.Verdict.Needed, c.Verdict.Hint)),
        ];
    }
}

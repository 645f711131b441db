using System.Globalization;
using ErpInstaller.Engine;
using ErpInstaller.Nomad;

namespace ErpInstaller.Deployment;

/// <summary>What is at Nomad already under the names that our jobs have.</summary>
internal sealed class ExistingJobs(StepContext context)
{
    private readonly NomadClient _nomad = context.World.Nomad;
    private readonly string _job = context.Answers.Nomad.Job;

    /// <summary>Makes sure that jobs of our names are ours.</summary>
    /// <exception cref="ForeignJob">One is not.</exception>
    public async Task RefuseForeignAsync(CancellationToken cancellation)
    {
        foreach (var id in new[] { $"{_job}-data", $"{_job}-init", _job })
        {
            var found = await _nomad.FindJobAsync(id, cancellation);
            if (found is not null && found.Meta?.GetValueOrDefault(ErpNextJobs.OwnerKey) != JobPolicies.Labels[ErpNextJobs.OwnerKey])
            {
                throw new ForeignJob($"The Nomad job {id}", "Choose another nomad.job in the answers; jobs, network and volumes are named after it.");
            }
        }
    }

    /// <summary>The number of the init job's run: one more than the last when that ended badly, for the same again does nothing.</summary>
    public async Task<int> InitRunAsync(CancellationToken cancellation)
    {
        var found = await _nomad.FindJobAsync($"{_job}-init", cancellation);
        if (found is null)
        {
            return 1;
        }

        var meta = found.TaskGroups?.FirstOrDefault()?.Meta?.GetValueOrDefault("run");
        var run = int.TryParse(meta, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        var newest = (await _nomad.GetAllocationsAsync(found.ID, index: null, cancellation)).Value?.MaxBy(a => a.CreateIndex);
        return newest?.ClientStatus is "failed" or "lost" ? run + 1 : run;
    }
}

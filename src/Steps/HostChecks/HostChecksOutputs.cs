using System.Globalization;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.Run;

namespace ErpInstaller.HostChecks;

/// <summary>The outputs of the host checks, for later steps and for <c>status</c>.</summary>
/// <param name="Report">The verdicts of all checks.</param>
internal sealed record HostChecksOutputs(HostCheckReport Report) : StepOutputs
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            var values = new Dictionary<string, string>
            {
                ["checked_at"] = Report.CollectedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
                ["pass"] = Text(VerdictKind.Pass),
                ["warn"] = Text(VerdictKind.Warn),
                ["accepted"] = Text(VerdictKind.Accepted),
            };
            foreach (var row in Report.Rows.Where(r => r.Reason is not null))
            {
                values[$"accepted_{row.Id}"] = row.Reason!;
            }

            return values;
        }
    }

    private string Text(VerdictKind kind) => Report.Count(kind).ToString(CultureInfo.InvariantCulture);
}

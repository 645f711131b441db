using ErpInstaller.Answers;
using ErpInstaller.HostChecks.Checks;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks;

/// <summary>The verdicts of all checks, as the <c>check</c> command, the step and its screen show them.</summary>
/// <param name="CollectedAt">When the facts were measured.</param>
/// <param name="Rows">One per check, in the order of <see cref="HostCheckList"/>.</param>
/// <param name="Warnings">Entries of <c>[host.accept]</c> that accept nothing.</param>
public sealed record HostCheckReport(
    DateTimeOffset CollectedAt,
    IReadOnlyList<HostCheckRow> Rows,
    IReadOnlyList<string> Warnings
)
{
    /// <summary>True when every check passes, warns or is accepted.</summary>
    public bool Passed => Blocking.Count == 0;

    /// <summary>The checks that stop an installation.</summary>
    public IReadOnlyList<HostCheckRow> Blocking => [.. Rows.Where(r => r.Blocks)];

    /// <summary>
    /// One line, for example <c>12 pass, 1 warn (docker-builder), 1 accepted (memory: lab machine)</c>.
    /// </summary>
    public string Summary => string.Join(", ", Enum.GetValues<VerdictKind>().Where(k => Count(k) > 0).Select(Describe));

    /// <summary>The number of checks with this verdict.</summary>
    public int Count(VerdictKind kind) => Rows.Count(r => r.Kind == kind);

    /// <summary>Judges facts. Pure.</summary>
    public static HostCheckReport Judge(HostFacts facts, AnswerFile answers)
    {
        var rows = HostCheckList.InOrder.Select(check => Row(check.Id, check.Judge(facts, answers), answers)).ToList();
        var unused = answers.Host.Accept.Keys.Except(rows.Where(r => r.Kind == VerdictKind.Accepted).Select(r => r.Id));
        return new HostCheckReport(
            facts.CollectedAt,
            [.. rows.Select(row => ReferToFirst(row, rows))],
            [.. unused.Select(id => DescribeUnused(id, rows))]
        );
    }

    private static HostCheckRow Row(string id, Verdict verdict, AnswerFile answers)
    {
        var row = new HostCheckRow(id, verdict.Kind, verdict.Found, verdict.Needed, verdict.Hint);
        return row.Blocks && answers.Host.Accept.TryGetValue(id, out var reason) && !string.IsNullOrWhiteSpace(reason)
            ? row with
            {
                Kind = VerdictKind.Accepted,
                Reason = reason,
            }
            : row;
    }

    // One cause (Docker is down) can stop several checks. The first row describes it with its hint; the others refer to
    // that row.
    private static HostCheckRow ReferToFirst(HostCheckRow row, List<HostCheckRow> rows) =>
        row.Kind == VerdictKind.Unknown && rows.Find(other => other.Found == row.Found) is { } first && first != row
            ? row with
            {
                Found = $"see {first.Id}",
                Hint = "",
            }
            : row;

    private static string DescribeUnused(string id, IReadOnlyList<HostCheckRow> rows) =>
        rows.FirstOrDefault(r => r.Id == id) switch
        {
            null => $"host.accept.{id}: no check has this id",
            { Blocks: true } => $"host.accept.{id}: give a reason, or remove it from the answers",
            var row => $"host.accept.{id}: the check did not fail ({row.Verdict}): remove it from the answers",
        };

    private string Describe(VerdictKind kind)
    {
        var text = $"{Count(kind)} {kind.ToString().ToLowerInvariant()}";
        return kind == VerdictKind.Pass
            ? text
            : $"{text} ({string.Join(", ", Rows.Where(r => r.Kind == kind).Select(Named))})";
    }

    private static string Named(HostCheckRow row) => row.Reason is null ? row.Id : $"{row.Id}: {row.Reason}";
}

using ErpInstaller.Core.Ids;
using ErpInstaller.Lines;
using ErpInstaller.Run;

namespace ErpInstaller.Tests.Lines;

/// <summary>Which progress gets a line in plain output, and what comes before a plan.</summary>
public sealed class PlainFrontEndTests : IDisposable
{
    private static readonly DateTimeOffset Began = new(2026, 11, 25, 1, 0, 0, TimeSpan.Zero);
    private readonly StringWriter _written = new() { NewLine = "\n" };
    private readonly PlainFrontEnd _frontEnd;

    public PlainFrontEndTests()
    {
        _frontEnd = new PlainFrontEnd(new PlainLines(_written), new PlainLines(_written));
        _frontEnd.Show(
            new RunStarted("erp.example.com", "v15.75.1", Rehearsal: false, [StepId.HostChecks, StepId.Image])
        );
    }

    [Fact]
    public void A_transfer_takes_a_line_each_ten_seconds()
    {
        for (var second = 0; second <= 25; second++)
        {
            Tell(second, $"pushing: 9 of 11 layers, {second * 12} of 301 MB", 0.5);
        }

        Assert.Equal(["0", "120", "240"], Lines().Select(l => l.Split(' ')[^4]));
    }

    [Fact]
    public void New_text_and_the_end_of_a_transfer_are_written_at_once()
    {
        Tell(0, "app 1 of 8: hrms: installing", 0.1);
        Tell(1, "app 2 of 8: crm: installing", 0.2);
        Tell(2, "erpnext: 0 of 6 healthy", 0);
        Tell(3, "erpnext: 2 of 6 healthy", 0.3);
        Tell(4, "erpnext: 6 of 6 healthy", 1);

        Assert.Equal(
            [
                "app 1 of 8: hrms: installing",
                "app 2 of 8: crm: installing",
                "erpnext: 0 of 6 healthy",
                "erpnext: 6 of 6 healthy",
            ],
            Lines().Select(l => l["[2/2] image: ".Length..])
        );
    }

    [Fact]
    public void The_same_text_with_another_ratio_writes_no_line()
    {
        Tell(0, "app 1 of 8: hrms: installing", 0.1);
        Tell(60, "app 1 of 8: hrms: installing", 0.2);

        Assert.Single(Lines());
    }

    [Fact]
    public void A_plan_explains_its_marks_once_before_the_first_change()
    {
        _frontEnd.Show(new StepPlanned(StepId.HostChecks, InPlace: true, "16 pass", []));
        _frontEnd.Show(
            new StepPlanned(
                StepId.Image,
                InPlace: false,
                "no image",
                [new PlannedChange(ChangeKind.Create, "image a", "pull")]
            )
        );
        _frontEnd.Show(
            new StepPlanned(
                StepId.Verification,
                InPlace: false,
                "no site",
                [new PlannedChange(ChangeKind.Look, "ping", "")]
            )
        );

        Assert.Equal(
            [
                "host-checks: in place: 16 pass",
                "+ created, ~ changed in place, -/+ replaced, - removed, ? not changed",
                "image: no image",
                "  + image a: pull",
                "verification: no site",
                "  ? ping",
            ],
            Lines()
        );
    }

    public void Dispose() => _written.Dispose();

    private void Tell(int second, string text, double ratio) =>
        _frontEnd.Show(new Progress(StepId.Image, text, ratio) { At = Began.AddSeconds(second) });

    private IReadOnlyList<string> Lines() =>
        [.. _written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
}

using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;

namespace ErpInstaller.Screens;

/// <summary>The groups of containers. The operator chooses one to read its log or to restart it.</summary>
internal sealed class ContainersScreen : Screen
{
    private readonly ScreenContext _work;
    private readonly ChoiceList _groups = new();

    public ContainersScreen(ScreenContext work)
    {
        _work = work;
        _groups.Choices =
        [
            .. ContainerGroups.All.Select(g => new Choice(g.Name, "", () =>
                work.Navigator.Open(new ContainerLogScreen(work, g))
            )),
        ];
    }

    /// <inheritdoc/>
    public override string Title => "The log of which containers?";

    /// <inheritdoc/>
    public override string Help =>
        "Enter shows the last lines of the group's log. There you can also restart its containers.";

    /// <inheritdoc/>
    public override bool? IsAboutWhatRuns => true;

    /// <inheritdoc/>
    public override IReadOnlyList<Binding> Bindings =>
        [.. _groups.Bindings("show"), new(KeyPress.Esc, "back", _work.Navigator.Back)];

    /// <inheritdoc/>
    public override IReadOnlyList<Line> Draw(Size area) => [.. _groups.Draw(area, _work.Glyphs)];
}

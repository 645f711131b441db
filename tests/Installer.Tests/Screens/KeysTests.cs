using System.Drawing;
using ErpInstaller.Answers;
using ErpInstaller.Composition;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using ErpInstaller.Screens;
using ErpInstaller.Screens.Frame;
using ErpInstaller.Screens.Widgets;
using ErpInstaller.Terminal;
using ErpInstaller.Tests.Fixtures;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>The key bar and the help of every screen, with and without an open prompt.</summary>
public sealed class KeysTests
{
    private static readonly Size _terminal = new(80, 24);

    private static readonly Dictionary<string, Func<ShownInstaller, Task>> _screens = new()
    {
        ["StartScreen"] = s => s.SeesAsync("✓ nomad"),
        ["StartScreen, path"] = AskForPathAsync,
        ["DashboardScreen"] = async s =>
        {
            s.ScreenFlow.Dashboard();
            await s.SeesAsync("backup");
        },
        ["HostChecksScreen"] = s => EnterAsync(s, "✓ nomad", ShownInstaller.AllPass),
        ["HostChecksScreen, failed check"] = FailAsync,
        ["HostChecksScreen, reason"] = async s => (await FailAsync(s)).Press(Key.A).Type("a larger node comes"),
        ["HintsScreen"] = async s => (await FailAsync(s)).Press(Key.H),
        ["AppsScreen"] = AtAppsAsync,
        ["AppsScreen, filter"] = async s => (await AtAppsAsync(s)).Press(new Key('/')).Type("hr"),
        ["AppsScreen, ref"] = async s => (await AtAppsAsync(s)).Press(Key.E),
        ["QuestionScreen, site"] = s => s.AtSiteAsync(),
        ["QuestionScreen, certificate"] = s => AtFormAsync(s, "The certificate"),
        ["QuestionScreen, path"] = AtPathAsync,
        ["QuestionScreen, image"] = s => AtFormAsync(s, "The Docker image"),
        ["QuestionScreen, Nomad"] = s => AtFormAsync(s, "Nomad address"),
        ["QuestionScreen, node"] = async s =>
            (await AtFormAsync(s, "Nomad address")).Press([
                .. Enumerable.Repeat(Key.CursorDown, 5).Select(k => new Key(k)),
            ]),
        ["NodesScreen"] = AtNodesAsync,
        ["SizesScreen"] = s => AtFormAsync(s, "It fits on rehearsal"),
        ["ReviewScreen"] = s => AtFormAsync(s, "Enter rehearses"),
        ["RunScreen"] = AtImageAsync,
        ["StopScreen"] = async s => (await AtImageAsync(s)).Press(Key.S),
        ["LeaveScreen"] = async s => (await s.SeesAsync("✓ nomad")).Press(Key.F10),
        ["LeaveScreen, run at work"] = async s => (await AtImageAsync(s)).Press(Key.F10),
        ["FailureScreen"] = s => EndAsync(s, StepStatus.Failed, "image failed"),
        ["FinishedScreen"] = s => EndAsync(s, StepStatus.Done, "The rehearsal is done"),
        ["FinishedScreen, path"] = AskWhereToSaveAsync,
        ["BackupsScreen"] = AtBackupsAsync,
        ["ReplacementScreen"] = AtRestoreAsync,
        ["ReplacementScreen, name"] = async s => (await AtRestoreAsync(s)).Press(Key.Enter).Type("erp"),
        ["ContainersScreen"] = AtContainersAsync,
        ["ContainerLogScreen"] = AtContainerLogAsync,
        ["ContainerLogScreen, question"] = async s => (await AtContainerLogAsync(s)).Press(Key.X),
        ["LogScreen"] = async s => (await AtImageAsync(s)).Press(Key.F4, new Key('/')).Type("line").Press(Key.Enter),
        ["LogScreen, search"] = async s => (await AtImageAsync(s)).Press(Key.F4, new Key('/')).Type("line"),
        ["HelpScreen"] = async s => (await AtFormAsync(s, "Nomad address")).Press(Key.F1),
    };

    public static TheoryData<string> Screens => [.. _screens.Keys];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Every_key_in_the_bar_does_something(string screen)
    {
        var count = 1;
        for (var at = 0; at < count; at++)
        {
            using var shown = await OpenAsync(screen);
            var bindings = InBar(shown);
            count = bindings.Count;

            foreach (var key in bindings[at].Keys)
            {
                var before = Picture(shown, _terminal);
                new ScreensInFrame(shown.Work).Take(key, _terminal);
                if (!Changed())
                {
                    await shown.UntilAsync(Changed, $"{screen}: {key.Name} ({bindings[at].Label}) does nothing");
                }

                bool Changed() => shown.Work.Navigator.IsLeft || Picture(shown, _terminal) != before;
            }
        }

        Assert.InRange(count, 3, 10);
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_help_lists_every_key(string screen)
    {
        using var shown = await OpenAsync(screen);
        if (shown.Work.Navigator.Current is HelpScreen)
        {
            shown.Press(Key.Esc);
        }

        Binding[] bindings = [.. shown.Work.Navigator.Current.PresentBindings, .. FrameKeys.Bindings(shown.Work)];
        shown.Press(Key.F1);

        var help = Picture(shown, new Size(80, 500)).Split('\n').Select(l => l.Trim()).ToList();
        Assert.All(bindings, b => Assert.Contains($"{b.Name, -11} {b.Label}", help));
    }

    [Fact]
    public void Every_screen_has_a_test_here() =>
        Assert.Equal(
            typeof(Screen).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Screen))).Select(t => t.Name).Order(),
            _screens.Keys.Select(NameOf).Distinct().Order()
        );

    private static async Task<ShownInstaller> AtBackupsAsync(ShownInstaller shown)
    {
        RehearsedSite.WriteTo(shown.In(""));
        shown.ScreenFlow.ChooseBackup();
        return await shown.SeesAsync("4f3c2b1a");
    }

    private static async Task<ShownInstaller> AtRestoreAsync(ShownInstaller shown)
    {
        (await AtBackupsAsync(shown)).Press(Key.Enter);
        return await shown.SeesAsync("replaces ");
    }

    private static async Task<ShownInstaller> AtContainersAsync(ShownInstaller shown)
    {
        RehearsedSite.WriteTo(shown.In(""));
        shown.ScreenFlow.ChooseContainers();
        return await shown.SeesAsync("database");
    }

    private static async Task<ShownInstaller> AtContainerLogAsync(ShownInstaller shown)
    {
        (await AtContainersAsync(shown)).Press(Key.Enter);
        return await shown.SeesAsync("ready for connections");
    }

    private static string NameOf(string screen) => screen.Split(',')[0];

    private static async Task<ShownInstaller> OpenAsync(string screen)
    {
        var shown = new ShownInstaller();
        await _screens[screen](shown);
        Assert.Equal(NameOf(screen), shown.Work.Navigator.Current.GetType().Name);
        return shown;
    }

    private static List<Binding> InBar(ShownInstaller shown)
    {
        var bar = Picture(shown, _terminal).Split('\n')[^1];
        List<Binding> bindings =
        [
            .. shown
                .Work.Navigator.Current.PresentBindings.Concat(FrameKeys.Bindings(shown.Work))
                .Where(b => b.When && b.Bar != BarPlace.Help),
        ];

        Assert.All(bindings, b => Assert.Contains($" {b.Name} {b.Label} ", bar, StringComparison.Ordinal));
        Assert.Equal(bar.Length, bindings.Sum(b => b.Name.Length + b.Label.Length + 3));
        return bindings;
    }

    // The lines do not contain the text field.
    private static string Picture(ShownInstaller shown, Size terminal)
    {
        var frame = new ScreensInFrame(shown.Work);
        return string.Join('\n', frame.Draw(terminal).Prepend(new Line(frame.Typing(terminal)?.Text ?? "")));
    }

    private static async Task<ShownInstaller> EnterAsync(ShownInstaller shown, string seen, string next)
    {
        await shown.SeesAsync(seen);
        return await shown.Press(Key.Enter).SeesAsync(next);
    }

    private static async Task AskForPathAsync(ShownInstaller shown)
    {
        await shown.SeesAsync("✓ nomad");
        await File.WriteAllTextAsync(shown.In("given.toml"), "", TestContext.Current.CancellationToken);
        shown.Press(Key.CursorDown, Key.Enter).Type(shown.In("giv"));
    }

    private static async Task<ShownInstaller> FailAsync(ShownInstaller shown)
    {
        await shown.SeesAsync("✓ nomad");
        shown.Work.Interview.Keep(shown.Work.Interview.Answers with { Scale = new ScaleAnswers { Backend = 40 } });
        return await EnterAsync(shown, "✓ nomad", "1 to fix or accept");
    }

    private static async Task<ShownInstaller> AtAppsAsync(ShownInstaller shown)
    {
        await EnterAsync(shown, "✓ nomad", ShownInstaller.AllPass);
        return await EnterAsync(shown, ShownInstaller.AllPass, "10 apps\n");
    }

    private static async Task<ShownInstaller> AtFormAsync(ShownInstaller shown, string sought)
    {
        await shown.AtSiteAsync();
        foreach (
            var seen in (string[])
                ["The certificate", "The Docker image", "Nomad address", "It fits on rehearsal", "Enter rehearses"]
        )
        {
            await shown.Press(new Key(Key.Enter)).SeesAsync(seen);
            if (seen == sought)
            {
                break;
            }
        }

        return shown;
    }

    private static async Task AtPathAsync(ShownInstaller shown)
    {
        await AtFormAsync(shown, "The certificate");
        await File.WriteAllTextAsync(shown.In("given.pem"), "", TestContext.Current.CancellationToken);
        shown.Press(Key.CursorRight, Key.CursorDown, new Key(Key.CursorDown)).Type(shown.In("giv"));
    }

    private static async Task AtNodesAsync(ShownInstaller shown)
    {
        await shown.SeesAsync("✓ nomad");
        var nomad = shown.Work.Interview.Answers.Nomad with { Topology = NomadTopology.Cluster };
        shown.Work.Interview.Keep(shown.Work.Interview.Answers with { Nomad = nomad });
        shown.Work.Navigator.Open(new NodesScreen(shown.Work));
        await shown.SeesAsync("rehearsal-2");
    }

    private static async Task<ShownInstaller> AtImageAsync(ShownInstaller shown)
    {
        await shown.AtWorkAsync();
        shown.Install.Tell([
            new RunStarted(
                "erp.example.com",
                "v15.75.1",
                Rehearsal: true,
                [.. InstallSteps.InOrder().Select(s => s.Id)]
            ),
            new StepStarted(StepId.Image, 1, "not built"),
            .. Enumerable
                .Range(1, 100)
                .Select(n => new Log(StepId.Image, LogLevel.Output, $"line {n} {new string('x', 200)}")),
        ]);
        await shown.SeesAsync("Rehearsing: image");
        return await shown.SeesAsync("line 100");
    }

    private static async Task<ShownInstaller> EndAsync(ShownInstaller shown, StepStatus status, string seen)
    {
        await AtImageAsync(shown);
        shown.Install.Tell(
            new Finished(status, status == StepStatus.Done ? 0 : 4, Rehearsal: true, StepId.Image, Message: "killed")
        );
        return await shown.SeesAsync(seen);
    }

    private static async Task AskWhereToSaveAsync(ShownInstaller shown)
    {
        await EndAsync(shown, StepStatus.Done, "The rehearsal is done");
        await File.WriteAllTextAsync(shown.In("given.toml"), "", TestContext.Current.CancellationToken);
        shown.Press(Key.S).Type(shown.In("giv"));
    }
}

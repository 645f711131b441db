using System.Collections.Concurrent;
using System.Diagnostics;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Files;
using ErpInstaller.Core.Ids;
using ErpInstaller.Run;
using ErpInstaller.Screens;
using ErpInstaller.Screens.Frame;
using ErpInstaller.Terminal;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>
/// The whole full-screen installer in a rehearsal, without a terminal: the test presses keys and reads lines.
/// </summary>
internal sealed class ShownInstaller : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("erp-installer-screens-").FullName;
    private readonly FrameView _frame;

    public ShownInstaller(
        int width = 80,
        int height = 24,
        bool unicode = true,
        ScriptedInstall? install = null,
        Action<string>? before = null,
        Func<OutsideWorld, OutsideWorld>? world = null,
        Func<CancellationToken, Task<LiveStatus>>? live = null
    )
    {
        before?.Invoke(_directory);
        Install = install ?? new ScriptedInstall();
        Work = new ScreenContext(
            new ScreenSetting
            {
                Directory = StateDirectory.At(_directory),
                Assets = new AssetSource(),
                Rehearse = true,
                Commands = new OwnCommands("./erp-installer", $" --rehearse --state-dir {_directory}"),
                Glyphs = unicode ? Glyphs.Unicode : Glyphs.Ascii,
                Install = Install,
                Post = _posted.Enqueue,
                Redraw = () => { },
                Live = live,
                LookEvery = live is null ? TimeSpan.FromSeconds(5) : TimeSpan.Zero,
                World = world ?? (unchanged => unchanged),
            }
        );
        ScreenFlow = new ScreenFlow(Work);
        ScreenFlow.Begin();
        _frame = new FrameView(new ScreensInFrame(Work));

        // Terminal.Gui runs the continuations of this thread in its loop, which turns only when a test says so.
        var own = SynchronizationContext.Current;
        Screen = new ScreenFixture(_frame, width, height, unicode: unicode);
        SynchronizationContext.SetSynchronizationContext(own);
    }

    /// <summary>The summary of the host checks of a rehearsal.</summary>
    public static string AllPass { get; } = $"{CheckId.InOrder.Count} pass";

    public ScreenContext Work { get; }

    public ScreenFlow ScreenFlow { get; }

    public ScriptedInstall Install { get; }

    public ScreenFixture Screen { get; }

    public string Text => Screen.Text;

    /// <summary>The path of a file in the state directory.</summary>
    public string In(string name) => Path.Combine(_directory, name);

    /// <summary>Presses keys.</summary>
    public ShownInstaller Press(params Key[] keys)
    {
        Screen.Press(keys);
        return Turn();
    }

    /// <summary>Types a text.</summary>
    public ShownInstaller Type(string text)
    {
        Screen.Type(text);
        return Turn();
    }

    /// <summary>Waits until a text is on the screen: work on other threads needs a moment.</summary>
    public Task<ShownInstaller> SeesAsync(string text) =>
        UntilAsync(() => Text.Contains(text, StringComparison.Ordinal), $"never seen: {text}");

    /// <summary>Waits until a text has left the screen: another thread finds out that it is not true.</summary>
    public Task<ShownInstaller> SeesNoMoreAsync(string text) =>
        UntilAsync(() => !Text.Contains(text, StringComparison.Ordinal), $"still there: {text}");

    /// <summary>Waits until a condition holds that another thread brings about.</summary>
    public async Task<ShownInstaller> UntilAsync(Func<bool> happened, string otherwise)
    {
        var began = Stopwatch.GetTimestamp();
        Turn();
        while (!happened())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Deadline, $"{otherwise}\n{Text}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
            Turn();
        }

        return this;
    }

    /// <summary>
    /// Waits until a number of operations were started. The screen of a run is drawn before another thread starts it.
    /// </summary>
    public Task<ShownInstaller> StartsAsync(int count) =>
        UntilAsync(() => Install.Started.Count == count, $"never started {count} operations");

    /// <summary>Goes from the first screen to the site's form.</summary>
    public async Task<ShownInstaller> AtSiteAsync()
    {
        await SeesAsync("New installation");
        Press(Key.Enter);
        await SeesAsync(AllPass);
        Press(Key.Enter);
        await SeesAsync("10 apps");
        Press(Key.Enter);
        return await SeesAsync("The site");
    }

    /// <summary>Goes from the first screen to the running installation.</summary>
    public async Task<ShownInstaller> AtWorkAsync()
    {
        ScreenFlow.Install();
        return await SeesAsync("Rehearsing");
    }

    public void Dispose()
    {
        Screen.Dispose();
        _frame.Dispose();
        Work.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private ShownInstaller Turn()
    {
        while (_posted.TryDequeue(out var action))
        {
            action();
        }

        _frame.Refresh();
        Screen.Step();
        return this;
    }
}

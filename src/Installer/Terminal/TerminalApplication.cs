using System.Drawing;
using System.Runtime.InteropServices;
using ErpInstaller.Core.Errors;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.Time;

namespace ErpInstaller.Terminal;

/// <summary>
/// Runs Terminal.Gui with our own input and output. Restores the terminal, and handles the terminal's keys (^L redraws,
/// ^Z stops the job).
/// </summary>
internal sealed class TerminalApplication : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly IFrameReceiver _receiver;
    private readonly ScreenOutput _output;
    private readonly TurnPause? _pause;
    private readonly List<IDisposable> _owned = [];

    private TerminalApplication(
        TerminalCapabilities capabilities,
        IFrameReceiver receiver,
        Func<Size> size,
        Func<IInput<char>> input,
        ITimeProvider? time,
        TurnPause? pause,
        Action<Action> start
    )
    {
        (_receiver, _pause) = (receiver, pause);
        _output = new ScreenOutput(capabilities, receiver, size, TerminalSession.Suspend);

        // No pause of Terminal.Gui's own.
        Application.MaximumIterationsPerSecond = ushort.MaxValue;
        App = Application.Create(time);
        new ScreenComponents(input, _output).UseIn(App);
        start(() => App.Init());
        App.Mouse.IsMouseDisabled = true;
        App.Keyboard.KeyDown += OnKey;
        App.Paste += OnPaste;

        if (pause is not null)
        {
            // A turn begins.
            App.Iteration += (_, _) => pause.Take();
        }

        // Timers run last in a turn, after the cells and the cursor are set.
        App.AddTimeout(TimeSpan.FromMilliseconds(1), Present);
    }

    /// <summary>Terminal.Gui's application, initialised.</summary>
    public IApplication App { get; }

    /// <summary>
    /// Cancelled on SIGTERM, SIGHUP, SIGINT or SIGQUIT, or when the terminal is gone. The terminal is restored by then.
    /// </summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>The signal that ended the application.</summary>
    public PosixSignal? Signal { get; private set; }

    /// <summary>Uses the terminal of this process until disposal.</summary>
    /// <exception cref="InstallerException">This process has no terminal.</exception>
    public static TerminalApplication Open(TerminalCapabilities capabilities)
    {
        var device = new TerminalDevice();
        var writer = new FrameWriter(device, TimeProvider.System);
        var pause = new TurnPause();
        TerminalApplication? application = null;
        var session = new TerminalSession(device, writer, signal => application?.End(signal));
        try
        {
            application = new TerminalApplication(
                capabilities,
                writer,
                () => new Size(device.Size.Columns, device.Size.Rows),
                () => new KeyInput(device, pause.End, () => application?.End(PosixSignal.SIGHUP)),
                null,
                pause,
                WithoutPrograms
            );
            application._owned.AddRange([session, writer, device]);
            return application;
        }
        catch
        {
            session.Dispose();
            writer.Dispose();
            device.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Without a terminal, for tests: frames go to a receiver, and keys are injected into <see cref="App"/>.
    /// </summary>
    public static TerminalApplication Offscreen(
        TerminalCapabilities capabilities,
        IFrameReceiver receiver,
        Func<Size> size,
        ITimeProvider? time
    ) => new(capabilities, receiver, size, () => new NoInput(), time, pause: null, start => start());

    /// <summary>Runs until the view asks to stop or <see cref="Ended"/>.</summary>
    public void Run(IRunnable view)
    {
        using var stop = Ended.Register(() => Post(StopAll));
        if (!Ended.IsCancellationRequested)
        {
            App.Run(view);
        }
    }

    /// <summary>Runs an action on the interface's thread.</summary>
    public void Post(Action action)
    {
        App.Invoke(action);
        _pause?.End();
    }

    /// <summary>Sends everything again.</summary>
    public void Redraw() => _receiver.Redraw();

    /// <inheritdoc/>
    public void Dispose()
    {
        App.Keyboard.KeyDown -= OnKey;
        App.Paste -= OnPaste;
        App.Dispose();
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }

        _ended.Dispose();
    }

    // Terminal.Gui looks for xclip through a shell, which takes longer than the rest of its start, and over SSH copying
    // would wait for a remote X server. Texts are copied inside the program instead. PATH belongs to the whole process,
    // so this is allowed only at the start, before other threads run.
    private static void WithoutPrograms(Action start)
    {
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", "/nonexistent");
        try
        {
            start();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    // A dialog runs inside the view that opened it.
    private void StopAll()
    {
        foreach (var session in App.SessionStack ?? [])
        {
            App.RequestStop(session.Runnable);
        }
    }

    private bool Present()
    {
        _output.Present();
        return true;
    }

    private void OnPaste(object? sender, PasteEventArgs paste) => _output.Answer();

    private void OnKey(object? sender, Key key)
    {
        _output.Answer();
        if (key == Key.L.WithCtrl)
        {
            Redraw();
            key.Handled = true;
        }
        else if (key == Key.Z.WithCtrl)
        {
            TerminalSession.Suspend();
            key.Handled = true;
        }
    }

    private void End(PosixSignal signal)
    {
        Signal ??= signal;
        _ended.Cancel();
    }
}

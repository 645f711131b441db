using System.Drawing;
using System.Runtime.InteropServices;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.Time;

namespace ErpInstaller.Terminal;

/// <summary>
/// Terminal.Gui on our own input and output: what it costs on the line, how it leaves the terminal, and the keys that belong to
/// the terminal (^L draws anew, ^Z stops the job).
/// </summary>
internal sealed class TerminalApplication : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly IFrameReceiver _receiver;
    private readonly ScreenOutput _output;
    private readonly List<IDisposable> _owned = [];

    private TerminalApplication(
        TerminalCapabilities capabilities,
        IFrameReceiver receiver,
        Func<Size> size,
        Func<IInput<char>> input,
        ITimeProvider? time,
        Action<Action> start
    )
    {
        (Capabilities, _receiver) = (capabilities, receiver);
        _output = new ScreenOutput(capabilities, receiver, size, TerminalSession.Suspend);

        // A key waits at most for one turn.
        Application.MaximumIterationsPerSecond = 50;
        App = Application.Create(time);
        new ScreenComponents(input, _output).UseIn(App);
        start(() => App.Init());
        App.Mouse.IsMouseDisabled = true;
        App.Keyboard.KeyDown += OnKey;
        App.Paste += OnPaste;

        // Timers run last in a turn: cells are drawn and the cursor is set by then.
        App.AddTimeout(TimeSpan.FromMilliseconds(1), Present);
    }

    /// <summary>Terminal.Gui's application, initialised.</summary>
    public IApplication App { get; }

    /// <summary>What the terminal shows.</summary>
    public TerminalCapabilities Capabilities { get; }

    /// <summary>Cancelled when SIGTERM, SIGHUP, SIGINT or SIGQUIT came, or the terminal is gone. The terminal was given back by then.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>The signal that ended it.</summary>
    public PosixSignal? Signal { get; private set; }

    /// <summary>Takes the terminal of this process until it is disposed of.</summary>
    /// <exception cref="NoTerminal">There is none.</exception>
    public static TerminalApplication Open(TerminalCapabilities capabilities)
    {
        var device = new TerminalDevice();
        var writer = new FrameWriter(device, TimeProvider.System);
        TerminalApplication? application = null;
        var session = new TerminalSession(device, writer, signal => application?.End(signal));
        try
        {
            application = new TerminalApplication(
                capabilities,
                writer,
                () => new Size(device.Size.Columns, device.Size.Rows),
                () => new KeyInput(device, () => application?.End(PosixSignal.SIGHUP)),
                null,
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

    /// <summary>Without a terminal: frames go where they are told, keys are injected into <see cref="App"/>.</summary>
    public static TerminalApplication Offscreen(
        TerminalCapabilities capabilities,
        IFrameReceiver receiver,
        Func<Size> size,
        ITimeProvider? time
    ) => new(capabilities, receiver, size, () => new NoInput(), time, start => start());

    /// <summary>Runs until the view asks to stop or <see cref="Ended"/>.</summary>
    public void Run(IRunnable view)
    {
        using var stop = Ended.Register(() => App.Invoke(StopAll));
        if (!Ended.IsCancellationRequested)
        {
            App.Run(view);
        }
    }

    /// <summary>Does something on the terminal's own thread.</summary>
    public void Post(Action action) => App.Invoke(action);

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

    // Terminal.Gui asks a shell for xclip and would use it: that costs more than all the rest of its start, and over SSH copying
    // would wait for the X server of the other end. Texts are copied within the program instead. PATH is
    // the whole process's: this is for the program's start, before anything runs beside it.
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

    // Dialogs run within the view that opened them.
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

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Terminal.Gui.App;
using Terminal.Gui.Drivers;
using Terminal.Gui.Time;

namespace ErpInstaller.Terminal;

/// <summary>The parts of Terminal.Gui's ANSI driver, with our own input and output.</summary>
internal sealed class ScreenComponents(Func<IInput<char>> input, ScreenOutput output) : ComponentFactoryImpl<char>
{
    /// <summary>
    /// Makes an application use these parts, before its Init. Terminal.Gui 2.5.0 accepts another driver only through an
    /// internal constructor and refuses registered ones by name.
    /// </summary>
    public void UseIn(IApplication application) => ComponentFactory(application) = this;

    /// <inheritdoc/>
    public override string? GetDriverName() => DriverRegistry.Names.ANSI;

    /// <inheritdoc/>
    public override IInput<char> CreateInput() => input();

    /// <inheritdoc/>
    public override IInputProcessor CreateInputProcessor(
        ConcurrentQueue<char> inputBuffer,
        ITimeProvider? timeProvider = null
    ) => new AnsiInputProcessor(inputBuffer, timeProvider);

    /// <inheritdoc/>
    public override ISizeMonitor CreateSizeMonitor(IOutput consoleOutput, IOutputBuffer outputBuffer) =>
        new SizeMonitor(consoleOutput);

    /// <inheritdoc/>
    public override IOutput CreateOutput() => output;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_componentFactory")]
    private static extern ref IComponentFactory? ComponentFactory(
        [UnsafeAccessorType("Terminal.Gui.App.ApplicationImpl, Terminal.Gui")] object application
    );
}

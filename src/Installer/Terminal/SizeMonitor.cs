using System.Drawing;
using Terminal.Gui.Drivers;
using Terminal.Gui.ViewBase;

namespace ErpInstaller.Terminal;

/// <summary>Reads the terminal's size once per turn, so that many resizes count as one.</summary>
internal sealed class SizeMonitor(IOutput output) : ISizeMonitor
{
    private Size _known = output.GetSize();

    /// <inheritdoc/>
    public event EventHandler<SizeChangedEventArgs>? SizeChanged;

    /// <inheritdoc/>
    public bool Poll()
    {
        var size = output.GetSize();
        if (size == _known)
        {
            return false;
        }

        _known = size;
        SizeChanged?.Invoke(this, new SizeChangedEventArgs(size));
        return true;
    }
}

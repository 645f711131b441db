namespace ErpInstaller.Terminal;

/// <summary>Where frames go: to a terminal, or into a test.</summary>
internal interface IFrameReceiver
{
    /// <summary>Takes a copy of the newest frame; earlier ones that were not sent yet are skipped.</summary>
    void Show(ScreenFrame frame);

    /// <summary>What stands on the terminal is not known any more: sends everything again.</summary>
    void Redraw();
}

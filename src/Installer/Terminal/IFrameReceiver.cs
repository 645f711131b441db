namespace ErpInstaller.Terminal;

/// <summary>Receives frames: a terminal, or a test.</summary>
internal interface IFrameReceiver
{
    /// <summary>Copies the newest frame and skips earlier ones that were not sent yet.</summary>
    void Show(ScreenFrame frame);

    /// <summary>Forgets what the terminal shows and sends everything again.</summary>
    void Redraw();
}

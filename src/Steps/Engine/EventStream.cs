namespace ErpInstaller.Engine;

/// <summary>
/// Carries events from the engine to every front end and to the log file. The one place where secrets are taken out of
/// texts and control sequences lose their power, so that no listener has to think of it.
/// </summary>
public sealed class EventStream(TimeProvider time, SecretStore secrets)
{
    private readonly Lock _gate = new();
    private readonly List<Action<EngineEvent>> _listeners = [];

    /// <summary>Adds a listener. It is called in the publisher's thread, one event at a time: it must be quick.</summary>
    public void Subscribe(Action<EngineEvent> listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
        }
    }

    /// <summary>Sends an event to all listeners, cleaned and with the time set.</summary>
    public void Publish(EngineEvent happened)
    {
        var clean = happened.WithTexts(text => TerminalText.Clean(secrets.Redact(text))) with { At = time.GetUtcNow() };
        lock (_gate)
        {
            foreach (var listener in _listeners)
            {
                listener(clean);
            }
        }
    }
}

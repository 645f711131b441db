using ErpInstaller.Core.Secrets;
using ErpInstaller.Core.Text;

namespace ErpInstaller.Run;

/// <summary>
/// Carries events from the engine to every front end and to the log file. The only place that removes secrets and
/// control sequences from texts, so that no listener has to.
/// </summary>
/// <param name="commands">Turns the installer's commands in texts into commands that can be typed; null: leaves them
/// unchanged.</param>
public sealed class EventStream(TimeProvider time, SecretStore secrets, OwnCommands? commands = null)
{
    private readonly Lock _gate = new();
    private readonly List<Action<EngineEvent>> _listeners = [];

    /// <summary>Adds a listener. The publisher's thread calls it, one event at a time, so it must be quick.</summary>
    public void Subscribe(Action<EngineEvent> listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
        }
    }

    /// <summary>
    /// A text as listeners get it: without secrets and control sequences, with commands that can be typed.
    /// </summary>
    public string Clean(string text)
    {
        var clean = TerminalText.Clean(secrets.Redact(text));
        return commands?.In(clean) ?? clean;
    }

    /// <summary>Sends an event to all listeners, cleaned and with the time set.</summary>
    public void Publish(EngineEvent happened)
    {
        var clean = happened.WithTexts(Clean) with { At = time.GetUtcNow() };
        lock (_gate)
        {
            foreach (var listener in _listeners)
            {
                listener(clean);
            }
        }
    }
}

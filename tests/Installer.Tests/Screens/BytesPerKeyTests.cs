using System.Text;
using ErpInstaller.Core.Ids;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>
/// The bytes that a key sends, on every screen on the way to the review. A slow connection must not make the operator
/// wait.
/// </summary>
public sealed class BytesPerKeyTests : IDisposable
{
    private const int Most = 150;

    private static readonly (string Seen, Key Key, int Times)[] _screens =
    [
        // The last line that Docker and Nomad add: a row that arrives with the key would count as the key's own bytes.
        ("127.0.0.1:4647", Key.CursorDown, 1),
        (ShownInstaller.AllPass, Key.CursorDown, CheckId.InOrder.Count - 1),
        ("10 apps\n", Key.CursorDown, 7),
        ("The site", Key.Tab, 4),
        ("The certificate", Key.Tab, 1),
        ("The Docker image", Key.Tab, 3),
        ("Nomad address", Key.Tab, 6),
        ("It fits on", Key.Tab, 27),
        ("Enter rehearses", Key.CursorDown, 40),
    ];

    private readonly ShownInstaller _shown = new();

    public void Dispose() => _shown.Dispose();

    [Fact]
    public async Task No_Tab_and_no_arrow_costs_more_than_150_bytes()
    {
        var costly = new List<string>();
        foreach (var (seen, key, times) in _screens)
        {
            if (seen != _screens[0].Seen)
            {
                _shown.Press(Key.Enter);
            }

            await _shown.SeesAsync(seen);
            for (var time = 1; time <= times; time++)
            {
                var sent = Cost(key);
                Assert.True(sent > 0, $"{seen}: {key} number {time} did nothing\n{_shown.Text}");
                costly.AddRange(sent > Most ? [Described($"{seen}: {key} number {time}", sent)] : []);
            }

            for (var time = 0; key == Key.CursorDown && time < times; time++)
            {
                costly.AddRange(
                    Cost(Key.CursorUp) is var sent and > Most ? [Described($"{seen}: up again", sent)] : []
                );
            }
        }

        Assert.True(costly.Count == 0, string.Join("\n\n", costly));
    }

    [Fact]
    public async Task Choosing_another_certificate_mode_costs_no_more()
    {
        await _shown.AtSiteAsync();
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("The certificate");

        Assert.All(Enumerable.Range(1, 3), _ => Assert.InRange(Cost(Key.CursorRight), 1, Most));
        Assert.All(Enumerable.Range(1, 3), _ => Assert.InRange(Cost(Key.CursorLeft), 1, Most));
    }

    private string Described(string key, int sent) =>
        $"{key}: {sent} bytes: {_shown.Screen.Sent.Output[^1].Replace("\e", "^")}\n{_shown.Text}";

    private int Cost(Key key)
    {
        var before = _shown.Screen.Sent.Output.Count;
        // The application does not handle the same key object twice.
        _shown.Press(new Key(key));
        return _shown.Screen.Sent.Output.Skip(before).Sum(o => Encoding.UTF8.GetByteCount(o));
    }
}

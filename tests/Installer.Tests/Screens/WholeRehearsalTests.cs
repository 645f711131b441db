using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Screens;

/// <summary>The real program in a real terminal, from the first screen to the finished site.</summary>
public sealed class WholeRehearsalTests : IDisposable
{
    private static readonly string[] Steps =
    [
        "host-checks",
        "apps",
        "certificate",
        "image",
        "deployment",
        "schedule",
        "verification",
    ];

    private readonly Product _product = new();

    [Theory]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    public async Task Enter_on_every_screen_completes_an_installation_and_the_next_start_shows_it(int columns, int rows)
    {
        var size = $"{columns}x{rows}";
        await using var terminal = await TmuxSession.StartAsync(_product, columns, rows);

        await GoldenScreens.IsAsync(terminal, size, "start", "Welcome", "✓ docker", "✓ nomad", "Enter choose");
        await AnswerAsync(terminal, size);
        await terminal.PressAsync("Enter");
        await GoldenScreens.IsAsync(terminal, size, "finished", "The rehearsal is done. Nothing was installed.");

        var status = await _product.RunAsync("status", "--rehearse", "--output", "json");
        Assert.All(status.Events.SkipLast(1), e => Assert.Equal("done", e.GetProperty("status").GetString()));
        await terminal.PressAsync("F10");
        await terminal.SeesAsync("Nothing is running.");
        await terminal.PressAsync("Enter");
        await terminal.EndsAsync();

        await terminal.StartAgainAsync();
        await GoldenScreens.IsAsync(terminal, size, "dashboard", "✓ queue-long", "✓ apps");
    }

    [Fact]
    public async Task The_installation_continues_to_its_end_after_the_screen_is_killed()
    {
        await using var terminal = await TmuxSession.StartAsync(_product, 80, 24);
        await terminal.SeesAsync("Welcome", "Enter choose");
        await AnswerAsync(terminal, golden: null);
        await terminal.PressAsync("Enter");
        await terminal.SeesAsync("✓ host-checks");

        await terminal.KillAsync();
        await terminal.StartAgainAsync();

        // The installation may end before the program has started again. Then there is nothing to watch.
        await terminal.UntilAsync(
            s => s.Contains("Watch the running rehearsal", StringComparison.Ordinal) || IsAllDone(s),
            "waited for the installation"
        );
        await EndsAsync();
        await terminal.PressAsync("F10");
        await terminal.SeesAsync("Enter: leave");
        await terminal.PressAsync("Enter");
        await terminal.EndsAsync();
        await terminal.StartAgainAsync();
        await terminal.UntilAsync(IsAllDone, "waited for all steps done");
    }

    public void Dispose() => _product.Dispose();

    private static bool IsAllDone(string screen) =>
        screen.Contains("✓ queue-long", StringComparison.Ordinal)
        || Steps.All(step => screen.Contains($"✓ {step}", StringComparison.Ordinal));

    // From the start screen to the review.
    private static async Task AnswerAsync(TmuxSession terminal, string? golden)
    {
        (string Name, string[] Seen)[] screens =
        [
            ("host-checks", ["Is this host ready?", ShownInstaller.AllPass]),
            ("apps", ["Which apps?", "lending        1be1605968b… 1be1605968b9", "10 apps\n"]),
            ("site", ["The site", "Administrator"]),
            ("certificate", ["The certificate"]),
            ("image", ["The Docker image"]),
            ("nomad", ["Nomad ACL token"]),
            ("sizes", ["Counts and sizes", "12032 of", "It fits on rehearsal."]),
            ("review", ["Review: nothing is changed yet", "more lines below"]),
        ];
        foreach (var (name, seen) in screens)
        {
            await terminal.PressAsync("Enter");
            var texts = seen;
            if (name == "site")
            {
                await terminal.SeesAsync(seen);
                await terminal.TypeAsync("erp.example.com");
                texts = [.. seen, "› Host name              erp.example.com\n"];
            }

            if (golden is null)
            {
                await terminal.SeesAsync(texts);
            }
            else
            {
                await GoldenScreens.IsAsync(terminal, golden, name, texts);
            }
        }
    }

    private async Task EndsAsync()
    {
        var deadline = DateTime.UtcNow.AddMinutes(2);
        while (
            (await _product.RunAsync("status", "--rehearse", "--output", "json")).Events is var events
            && events.Any(e => e.GetProperty("type").GetString() == "install-running")
        )
        {
            Assert.True(DateTime.UtcNow < deadline, "the installation does not end");
        }
    }
}

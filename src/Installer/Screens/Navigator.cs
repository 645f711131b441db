namespace ErpInstaller.Screens;

/// <summary>The visible screen and the screens beneath it.</summary>
internal sealed class Navigator
{
    private readonly Stack<Screen> _screens = new();

    /// <summary>The visible screen, which gets the keys.</summary>
    public Screen Current => _screens.Peek();

    /// <summary>Whether there is a screen to go back to.</summary>
    public bool CanGoBack => _screens.Count > 1;

    /// <summary>Whether the visible screen is about what runs, and not about the answers.</summary>
    public bool IsAboutWhatRuns => _screens.Select(s => s.IsAboutWhatRuns).FirstOrDefault(a => a is not null) ?? false;

    /// <summary>Whether the operator has left: the program ends.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>Shows a screen on top of the present one.</summary>
    public void Open(Screen screen)
    {
        _screens.Push(screen);
        screen.Entered();
    }

    /// <summary>Shows a screen and forgets all others: there is no way back to them.</summary>
    public void Restart(Screen screen)
    {
        _screens.Clear();
        Open(screen);
    }

    /// <summary>Goes back to the screen beneath.</summary>
    public void Back()
    {
        if (CanGoBack)
        {
            _screens.Pop();
            Current.Entered();
        }
    }

    /// <summary>Ends the program.</summary>
    public void Leave() => IsLeft = true;
}

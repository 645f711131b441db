namespace ErpInstaller.Screens;

/// <summary>Which screen is seen, and what lies beneath it.</summary>
internal sealed class Navigator
{
    private readonly Stack<Screen> _screens = new();

    /// <summary>The screen that is seen and takes keys.</summary>
    public Screen Current => _screens.Peek();

    /// <summary>There is a screen to go back to.</summary>
    public bool CanGoBack => _screens.Count > 1;

    /// <summary>The operator is done; the program ends.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>Shows a screen above the present one.</summary>
    public void Open(Screen screen)
    {
        _screens.Push(screen);
        screen.Entered();
    }

    /// <summary>Shows a screen and forgets all others: what lies before it is over.</summary>
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

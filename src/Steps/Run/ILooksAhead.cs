namespace ErpInstaller.Run;

/// <summary>A step that can tell from files alone that it will not come through: told before any other has begun.</summary>
public interface ILooksAhead
{
    /// <summary>Looks at what the answers name. Quick; changes nothing and asks nobody.</summary>
    /// <exception cref="InstallerException">What the step would run into.</exception>
    void LookAhead(StepContext context);
}

namespace ErpInstaller.Outside.Git;

/// <summary>Who we are at a git server.</summary>
/// <param name="Username">Servers that go by the token alone take any.</param>
/// <param name="Token">A password or an access token.</param>
public sealed record GitLogin(string Username, string Token)
{
    /// <summary>As git's credential helpers answer (git-credential(1)).</summary>
    public string Answer => $"username={Username}\npassword={Token}\n";

    /// <summary>The user alone.</summary>
    public override string ToString() => Username;
}

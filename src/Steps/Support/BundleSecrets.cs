using ErpInstaller.Backup;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Deployment.ErpNext;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Support;

/// <summary>Registers every secret of an installation, so that none of them is in the bundle.</summary>
internal sealed class BundleSecrets(Installation installation)
{
    private readonly SecretStore _secrets = installation.Secrets;

    /// <summary>Those of the answers, and the files of typed secrets in the state directory.</summary>
    public void RegisterKnown()
    {
        AnswerSecrets.RegisterAvailable(installation.Settings.Answers, _secrets);
        var typed = installation.Directory.In("secrets");
        foreach (var path in Directory.Exists(typed) ? Directory.EnumerateFiles(typed) : [])
        {
            RegisterLines(ReadOrEmpty(path));
        }

        RegisterLines(ReadOrEmpty(Certificate.CertificateFiles.KeyPath(installation.Directory)));
    }

    /// <summary>Those that Nomad keeps.</summary>
    /// <exception cref="InstallerException">Nomad cannot be asked, or the token may not read Variables.</exception>
    public async Task RegisterVariablesAsync(CancellationToken cancellation)
    {
        foreach (var variable in InstallationVariables.Of(installation.Settings.Answers.Nomad.Job))
        {
            Register(await installation.World.Nomad.FindVariableAsync(variable.Path, cancellation));
        }
    }

    // All items: a later version may keep others. The chain of the certificate is public, and numbers are no secrets.
    private void Register(NomadVariable? found)
    {
        foreach (var (item, value) in found?.Items ?? [])
        {
            if (item != VariablePaths.Certificate && !value.All(char.IsAsciiDigit))
            {
                RegisterLines(value);
            }
        }
    }

    private void RegisterLines(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (!line.StartsWith("-----", StringComparison.Ordinal))
            {
                _secrets.Register(line);
            }
        }
    }

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Certificate;

/// <summary>The openssl command line, with which most operators make and inspect certificates.</summary>
internal static class OpenSsl
{
    /// <summary>Its path.</summary>
    public const string Path = "/usr/bin/openssl";

    /// <summary>Runs openssl in a directory. Skips the test if openssl is not installed.</summary>
    public static async Task<string> RunAsync(string directory, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Path), "needs openssl");
        return (await ProgramRun.OfAsync(directory, Path, arguments)).Succeeded();
    }
}

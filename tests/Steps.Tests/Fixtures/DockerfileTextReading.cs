using ErpInstaller.Image;

namespace ErpInstaller.Tests.Fixtures;

internal static class DockerfileTextReading
{
    /// <summary>The Dockerfile among the files of a build's context.</summary>
    public static string Text(this DockerfileText dockerfile) =>
        dockerfile.Files.Single(f => f.Path == "Dockerfile").Text;
}

using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;

namespace ErpInstaller.Image;

/// <summary>
/// Checks the content of an image with <c>assets/image/look.py</c>: every app can be imported and is listed in the
/// bench, Frappe starts, the apps' assets are linked and indexed, and the scripts of their pages exist.
/// </summary>
internal sealed class ImageContent(IDockerEngine docker, AssetSource assets)
{
    private const string Mark = "erp-installer: ";

    /// <summary>Null when all apps are there, otherwise the fault of the first that is not.</summary>
    public async Task<string?> FirstFaultAsync(string image, IEnumerable<string> apps, CancellationToken cancellation)
    {
        // A shell sets the working directory, because an image may have another one.
        string[] command =
        [
            "/bin/sh",
            "-c",
            $"cd {BenchPaths.Directory} && exec env/bin/python -c \"$0\" \"$@\"",
            assets.Read("image/look.py"),
            .. apps,
        ];
        var run = await docker.RunAsync(image, command, proxies: null, cancellation);
        var lines = run
            .Output.Split('\n')
            .Where(l => l.StartsWith(Mark, StringComparison.Ordinal))
            .Select(l => l[Mark.Length..])
            .ToList();
        return lines is not [.., "looked"] ? $"the bench's Python does not run in it (exit code {run.ExitCode})"
            : lines.Count == 1 ? null
            : TerminalText.Clean(lines[0]);
    }
}

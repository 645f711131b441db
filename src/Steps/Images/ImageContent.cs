using ErpInstaller.Docker;
using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>Looks into an image: every app can be imported by the bench's Python, and is known to the bench.</summary>
internal sealed class ImageContent(IDockerEngine docker)
{
    private const string Bench = "/home/frappe/frappe-bench";
    private const string Mark = "erp-installer: ";

    private const string Script =
        """
        import importlib, sys
        known = open('sites/apps.txt').read().split()
        for app in sys.argv[1:]:
            try:
                importlib.import_module(app)
                importlib.import_module(app + '.hooks')
                if app not in known: raise LookupError('not in sites/apps.txt')
            except Exception as error:
                print('erp-installer:', app, type(error).__name__, error)
        print('erp-installer: looked')
        """;

    /// <summary>Null when all apps are there, else what is wrong with the first that is not.</summary>
    public async Task<string?> FirstFaultAsync(string image, IEnumerable<string> apps, CancellationToken cancellation)
    {
        // Through a shell, for the working directory: an image may have another one.
        string[] command = ["/bin/sh", "-c", $"cd {Bench} && exec env/bin/python -c \"$0\" \"$@\"", Script, .. apps];
        var run = await docker.RunAsync(image, command, cancellation);
        var lines = run.Output.Split('\n')
            .Where(l => l.StartsWith(Mark, StringComparison.Ordinal)).Select(l => l[Mark.Length..]).ToList();
        return lines is not [.., "looked"] ? $"it has no bench whose Python runs (exit code {run.ExitCode})"
            : lines.Count == 1 ? null
            : TerminalText.Clean(lines[0]);
    }
}

using ErpInstaller.Docker;
using ErpInstaller.Engine;

namespace ErpInstaller.Images;

/// <summary>Looks into an image: every app can be imported by the bench's Python, and is known to the bench.</summary>
internal sealed class ImageContent(IDockerEngine docker)
{
    private const string Script =
        """
        import importlib, sys
        known = open('/home/frappe/frappe-bench/sites/apps.txt').read().split()
        for app in sys.argv[1:]:
            try:
                importlib.import_module(app)
                importlib.import_module(app + '.hooks')
                if app not in known: raise ImportError('not in sites/apps.txt')
            except Exception as error:
                print('erp-installer:', app, type(error).__name__, error)
        print('erp-installer: looked')
        """;

    /// <summary>Null when all apps are there, else what is wrong with the first that is not.</summary>
    public async Task<string?> FirstFaultAsync(string image, IEnumerable<string> apps, CancellationToken cancellation)
    {
        var run = await docker.RunAsync(image, ["/home/frappe/frappe-bench/env/bin/python", "-c", Script, .. apps], cancellation);
        var lines = run.Output.Split('\n').Where(l => l.StartsWith("erp-installer: ", StringComparison.Ordinal)).Select(l => l["erp-installer: ".Length..]).ToList();
        return lines is [.., "looked"]
            ? lines.Count == 1 ? null : TerminalText.Clean(lines[0])
            : $"Python does not run in it (exit code {run.ExitCode})";
    }
}

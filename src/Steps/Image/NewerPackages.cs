using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Apps;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Docker;
using ErpInstaller.Run;

namespace ErpInstaller.Image;

/// <summary>
/// Asks the Python index for newer versions of recorded packages, by pip in the image of the current apps lock
/// (<c>assets/image/newer.py</c>). pip knows the mirror, the company's CAs, and which versions Python and the installed
/// packages accept.
/// </summary>
internal sealed class NewerPackages(StepContext context)
{
    private const string Mark = "erp-installer: ",
        Newer = "newer ",
        None = "none ",
        Asked = "asked";

    // The operator waits for it in front of a plan, and can do without the answer.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private IDockerEngine Docker => context.World.Docker;

    /// <summary>Describes for the plan what another build would choose.</summary>
    public async Task<string> DescribeAsync(PackagesRecord record, CancellationToken cancellation)
    {
        if (new BuildMirrors(context.Answers.Image).PythonMount.Length > 0)
        {
            return Unknown("the index needs a login");
        }

        if (await FindImageAsync(cancellation) is not { } image)
        {
            return Unknown("the image of the record is not on this engine");
        }

        using var timer = new CancellationTokenSource(Longest, context.World.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        try
        {
            return Describe(await AskAsync(image, record.Python, either.Token));
        }
        catch (DockerRefused e)
        {
            return Unknown(e.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Unknown($"the index did not answer within {Longest.TotalSeconds:0} s");
        }
    }

    /// <summary>The line of the plan for the output of <c>newer.py</c>.</summary>
    internal static string Describe(ContainerRun run)
    {
        var lines = run
            .Output.Split('\n')
            .Where(l => l.StartsWith(Mark, StringComparison.Ordinal))
            .Select(l => TerminalText.Clean(l[Mark.Length..].TrimEnd('\r')))
            .ToList();
        if (lines is not [.., Asked])
        {
            return Unknown($"pip failed in the image, exit code {run.ExitCode}");
        }

        var newer = After(Newer)
            .Select(l =>
                l.Split(' ') is [var name, var installed, var newest] ? $"{name} {installed} → {newest}" : null
            )
            .OfType<string>()
            .ToList();
        var silent = After(None).ToList();
        var known =
            newer.Count > 0
                ? $"newer for apps that are built again: {string.Join(", ", newer)}"
                : "the record has the newest versions";
        return silent.Count == 0 ? known
            : newer.Count == 0 ? Unknown($"the index names no version of {string.Join(", ", silent)}")
            : $"{known}; the index names no version of {string.Join(", ", silent)}";

        IEnumerable<string> After(string word) =>
            lines.Where(l => l.StartsWith(word, StringComparison.Ordinal)).Select(l => l[word.Length..]);
    }

    private static string Unknown(string why) => $"newest versions; install.log will say which changed ({why})";

    private async Task<string?> FindImageAsync(CancellationToken cancellation)
    {
        // A plan reads it before --update-lock replaces it. After an install with --update-lock that failed, it is the
        // new one, which has no image.
        var before = AppsLockFile.Read(context.Directory.AppsLock);
        return before is null
            ? null
            : (await Docker.FindImageAsync(ImageName.Of(context.Answers.Image, before), cancellation))?.Id;
    }

    private Task<ContainerRun> AskAsync(string image, IEnumerable<string> packages, CancellationToken cancellation)
    {
        var mirrors = new BuildMirrors(context.Answers.Image).Write().Text;
        string[] command =
        [
            "/bin/sh",
            "-c",
            $"{mirrors}cd {BenchPaths.Directory} && exec env/bin/python -c \"$0\" \"$@\"",
            context.Assets.Read("image/newer.py"),
            .. packages,
            .. Certificates(),
        ];
        return Docker.RunAsync(image, command, BuildProxies.Read(context), cancellation);
    }

    // One argument each: Linux allows 128 KiB in one argument, and a company can have more.
    private IEnumerable<string> Certificates()
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(BuildAuthorities.Read(context).Pem);
        return authorities.Select(c => c.ExportCertificatePem());
    }
}

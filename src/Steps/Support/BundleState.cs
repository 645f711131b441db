using System.Text;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Support;

/// <summary>The texts of the state directory, and the answer file of the command line.</summary>
internal sealed class BundleState(StateDirectory directory, string? given)
{
    // Of a longer log the end is read.
    private const int MostBytes = 4_000_000;

    // The socket and the lock have no content. A rehearsal's world is no state.
    private static readonly string[] Skipped = ["engine.sock", "lock", "simulated-*", ".*"];

    private static readonly string[] Texts = [".toml", ".log", ".json", ".txt", ".out", ".crt", ".made-here"];

    private static readonly Dictionary<string, string> Abouts = new(StringComparer.Ordinal)
    {
        ["answers.toml"] = "the accepted answers",
        ["draft.toml"] = "answers that are not installed yet",
        ["state.toml"] = "the state of each step",
        ["plan.toml"] = "the jobs' indexes in the last plan",
        ["apps.lock.toml"] = "commits of the apps, digests of the images",
        ["install.log"] = "the events of all runs",
        ["build.log"] = "the output of the last build",
        ["init.log"] = "the output of the init job",
        ["engine.out"] = "the output of a detached run",
        ["host-facts.json"] = "the facts of the last host check",
    };

    /// <summary>Adds them.</summary>
    public Task ReadAsync(BundlePart part, CancellationToken cancellation)
    {
        if (given is not null)
        {
            Read(given, part, "answers.toml", "the answer file of --answers");
        }

        if (!Directory.Exists(directory.Path))
        {
            part.Remark($"{directory.Path} does not exist");
            return Task.CompletedTask;
        }

        foreach (var path in FilesOf(directory.Path).Concat(FilesOf(directory.Generated)).Concat(FilesOf(Certificate)))
        {
            cancellation.ThrowIfCancellationRequested();
            Read(path, part);
        }

        if (Directory.Exists(directory.In("secrets")))
        {
            part.Remark("secrets/: files of secrets are left out");
        }

        return Task.CompletedTask;
    }

    private string Certificate => directory.In("certificate");

    private void Read(string path, BundlePart part)
    {
        var name = Path.GetRelativePath(directory.Path, path);
        if (!IsText(path))
        {
            part.Remark(
                name.EndsWith(".key", StringComparison.Ordinal) ? $"{name}: a private key" : $"{name}: no text"
            );
            return;
        }

        Read(path, part, $"state/{name}", AboutOf(name));
    }

    private static void Read(string path, BundlePart part, string file, string about)
    {
        try
        {
            part.Add(file, about, ReadEnd(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            part.Remark($"{file}: {e.Message}");
        }
    }

    private static string AboutOf(string name) =>
        name.StartsWith("generated/", StringComparison.Ordinal)
            ? "a generated file"
            : Abouts.GetValueOrDefault(name, "of the state directory");

    // All generated files are texts: Dockerfile, scripts, nginx.conf, jobs.
    private bool IsText(string path) =>
        Path.GetDirectoryName(path) == directory.Generated || Texts.Contains(Path.GetExtension(path));

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder)
                .Where(p =>
                    !Skipped.Any(s =>
                        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(s, Path.GetFileName(p))
                    )
                )
                .Order(StringComparer.Ordinal)
            : [];

    private static string ReadEnd(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length <= MostBytes)
        {
            return new StreamReader(stream, Encoding.UTF8).ReadToEnd();
        }

        var left = stream.Length - MostBytes;
        stream.Seek(left, SeekOrigin.Begin);
        var end = new StreamReader(stream, Encoding.UTF8).ReadToEnd();

        // Half a line could be half a secret, which nothing would recognise.
        return FormattableString.Invariant($"[The first {left} bytes are left out.]\n")
            + end[(end.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }
}

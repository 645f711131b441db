using System.Text.RegularExpressions;
using ErpInstaller.Apps;
using ErpInstaller.Assets;

namespace ErpInstaller.Images;

/// <summary>
/// The Dockerfile of a lock, put together from the pieces in <c>assets/image</c>. A line <c>#: words</c> before an
/// instruction tells the operator what it is about.
/// </summary>
public sealed partial class DockerfileText
{
    private const string Words = "#: ";

    private DockerfileText(string text, IReadOnlyList<string> steps)
    {
        Text = text;
        Steps = steps;
    }

    /// <summary>The file.</summary>
    public string Text { get; }

    /// <summary>What each instruction is about, in the order in which the engine counts them.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>Puts it together.</summary>
    /// <exception cref="LockUnusable">A value of the lock could be more than a value in a Dockerfile or a shell.</exception>
    public static DockerfileText Generate(AppsLock apps, AssetSource assets)
    {
        string Piece(string name, LockedApp? app = null) => Fill(assets.Read($"image/{name}.Dockerfile"), apps, app);

        var pieces = new List<string> { Piece("head") };
        pieces.AddRange(apps.Apps.Select(a => Piece("source", a)));
        pieces.Add(Piece("bench"));
        pieces.AddRange(apps.Apps.Select(a => Piece("install", a)));
        pieces.Add(Piece("check"));
        pieces.AddRange(apps.Apps.Select(a => Piece("assets", a)));
        pieces.Add(Piece("final"));
        var lines = string.Concat(pieces).Split('\n');
        return new DockerfileText(
            string.Join('\n', lines.Where(l => !l.StartsWith(Words, StringComparison.Ordinal))),
            [.. lines.Where(l => l.StartsWith(Words, StringComparison.Ordinal)).Select(l => l[Words.Length..])]);
    }

    private static string Fill(string piece, AppsLock apps, LockedApp? app)
    {
        var text = piece.Replace("@RELEASE@", Checked(apps.Release, Reference()), StringComparison.Ordinal)
            .Replace("@BUILD_IMAGE@", Checked(apps.BuildImage, Reference()), StringComparison.Ordinal)
            .Replace("@RUNTIME_IMAGE@", Checked(apps.RuntimeImage, Reference()), StringComparison.Ordinal);
        return app is null ? text : text
            .Replace("@APP@", Checked(app.Name, Name()), StringComparison.Ordinal)
            .Replace("@URL@", Checked(app.Url, Url()), StringComparison.Ordinal)
            .Replace("@REF@", Checked(app.Ref, Ref()), StringComparison.Ordinal)
            .Replace("@COMMIT@", Checked(app.Commit, Commit()), StringComparison.Ordinal);
    }

    // The answers are checked when they are read; the lock file can come from anywhere.
    private static string Checked(string value, Regex pattern) =>
        pattern.IsMatch(value) ? value : throw new LockUnusable(value);

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A(https?|ssh|file|git)://[A-Za-z0-9@:%._~/+-]+\z|\Agit@[A-Za-z0-9._-]+:[A-Za-z0-9._~/-]+\z")]
    private static partial Regex Url();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/-]*\z")]
    private static partial Regex Ref();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._:/@-]*\z")]
    private static partial Regex Reference();
}

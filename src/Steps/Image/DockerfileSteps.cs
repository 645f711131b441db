using System.Globalization;
using System.Text.RegularExpressions;
using ErpInstaller.Answers;
using ErpInstaller.Apps;
using ErpInstaller.Releases;

namespace ErpInstaller.Image;

/// <summary>
/// Reads the markers in the pieces of a Dockerfile: a line <c>#4: description</c> before an instruction describes it
/// for the operator and gives its weight, about four seconds.
/// </summary>
internal static partial class DockerfileSteps
{
    // Descriptions of parts, as in assets/image.
    private const string Fetching = "fetching",
        Installing = "installing",
        Packages = "packages of the front end",
        FrontEnd = "building the front end";

    /// <summary>The Dockerfile as the builder gets it.</summary>
    public static string WithoutMarkers(IEnumerable<string> lines) =>
        string.Concat(lines.Where(l => !Marker().IsMatch(l)).Select(l => l + "\n"));

    /// <summary>The instructions with a marker.</summary>
    /// <param name="release">Has measured seconds of known apps, which replace the weights.</param>
    /// <param name="rows">The apps' names in each row of front ends.</param>
    public static IReadOnlyList<DockerfileStep> Read(
        IReadOnlyList<string> lines,
        AppsLock apps,
        Release release,
        IReadOnlyList<IReadOnlyList<string>> rows
    ) =>
        [
            .. lines
                .Zip(lines.Skip(1))
                .Select(pair => (Marker: Marker().Match(pair.First), Instruction: pair.Second))
                .Where(pair => pair.Marker.Success)
                .Select(pair => Read(pair.Marker, pair.Instruction, apps, release, rows)),
        ];

    private static DockerfileStep Read(
        Match marker,
        string instruction,
        AppsLock apps,
        Release release,
        IReadOnlyList<IReadOnlyList<string>> rows
    )
    {
        var description = marker.Groups["description"].Value;
        var app = apps.Sources().FirstOrDefault(a => description.StartsWith(a.Name + ": ", StringComparison.Ordinal));
        var part =
            app is not null && description.EndsWith(" " + app.Ref, StringComparison.Ordinal)
                ? description[..^(app.Ref.Length + 1)]
                : description;
        var what = app is null ? "" : part[(app.Name.Length + 2)..];
        var known =
            instruction.StartsWith("RUN ", StringComparison.Ordinal) && app is not null
                ? Seconds(FrontEndRows.Build(release, app.Name), what)
                : 0;
        var weight = double.Parse(marker.Groups["weight"].Value, CultureInfo.InvariantCulture);
        return new DockerfileStep(instruction, description, part, known > 0 ? known : weight, app?.Name)
        {
            Row = app is null ? "" : RowOf(app.Name, what, rows),
        };
    }

    private static double Seconds(ReleaseBuild build, string what) =>
        what switch
        {
            Installing => build.Install,
            Packages => build.Packages,
            FrontEnd => build.FrontEnd,
            _ => 0,
        };

    private static string RowOf(string app, string what, IReadOnlyList<IReadOnlyList<string>> rows) =>
        what switch
        {
            not Fetching when BaseApps.All.Contains(app) => "",
            Fetching => $"{app}: {Fetching}",
            Installing => Installing,
            _ => $"front ends {rows.ToList().FindIndex(r => r.Contains(app))}",
        };

    [GeneratedRegex("^#(?<weight>[0-9]+): (?<description>.+)$")]
    private static partial Regex Marker();
}

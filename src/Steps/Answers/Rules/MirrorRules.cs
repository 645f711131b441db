using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>
/// Rules for the mirrors of <c>[image]</c>: a login belongs to an address, and only BuildKit keeps it secret.
/// </summary>
internal sealed class MirrorRules(CheckedKeys keys, ImageAnswers answers, ProblemList problems)
{
    private const string Builder = "image.builder";

    private static readonly Mirror[] Mirrors =
    [
        new("npm_registry", "npm", a => a.NpmRegistry, "https://mirror.example.com/npm/"),
        new("python_index", "python", a => a.PythonIndex, "https://mirror.example.com/pypi/simple"),
        new("git_mirror", "git", a => a.GitMirror, "https://mirror.example.com/github"),
    ];

    /// <summary>The keys of all mirrors.</summary>
    public static IEnumerable<string> Keys => Mirrors.SelectMany(m => new[] { m.Address, m.Username, m.Password });

    /// <summary>Applies them.</summary>
    public void Check()
    {
        foreach (var mirror in Mirrors.Where(m => new[] { m.Address, m.Username, m.Password }.All(keys.IsSound)))
        {
            Check(mirror);
        }
    }

    private void Check(Mirror mirror)
    {
        if (!keys.Has(mirror.Address))
        {
            foreach (var key in new[] { mirror.Username, mirror.Password }.Where(keys.Has))
            {
                problems.Add(
                    keys.PlaceOf(key),
                    key,
                    $"belongs to {mirror.Address}, which is missing",
                    $"{mirror.Name} = \"{mirror.Example}\""
                );
            }
        }
        else if (!keys.Has(mirror.Password))
        {
            if (keys.Has(mirror.Username))
            {
                problems.Add(
                    keys.PlaceOf(mirror.Username),
                    mirror.Password,
                    $"is missing, and {mirror.Username} needs it"
                );
            }
        }
        else
        {
            CheckSecrecy(mirror);
        }
    }

    private void CheckSecrecy(Mirror mirror)
    {
        if (keys.IsSound(Builder) && answers.Builder == ImageBuilder.Engine)
        {
            problems.Add(
                keys.PlaceOf(mirror.Password),
                mirror.Password,
                "needs BuildKit: image.builder = \"engine\" would store it in the image's history",
                "use builder = \"auto\", or a mirror without a login"
            );
        }

        if (mirror.Value(answers)!.StartsWith("http:", StringComparison.Ordinal))
        {
            problems.Warn(
                keys.PlaceOf(mirror.Address),
                mirror.Address,
                "is http: the login is sent unencrypted",
                "use https if the mirror supports it"
            );
        }
    }

    private sealed record Mirror(string Name, string Prefix, Func<ImageAnswers, string?> Value, string Example)
    {
        public string Address => $"image.{Name}";

        public string Username => $"image.{Prefix}_username";

        public string Password => $"image.{Prefix}_password";
    }
}

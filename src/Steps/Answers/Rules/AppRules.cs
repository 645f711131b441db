using ErpInstaller.Answers.Keys;
using ErpInstaller.Core.Text;
using ErpInstaller.Core.Toml;
using ErpInstaller.Releases;

namespace ErpInstaller.Answers.Rules;

/// <summary>
/// Rules for <c>[erpnext]</c> and <c>[apps]</c>: every named app exists, and the apps that it requires are installed
/// too.
/// </summary>
internal sealed class AppRules(CheckedKeys keys, AnswerFile answers, AnswersVocabulary known, ProblemList problems)
{
    private const string Overrides = "apps.override",
        Custom = "apps.custom";

    private readonly string _release = answers.Erpnext.Release;

    /// <summary>Applies the rules. Returns the release, or null when no release has that name.</summary>
    public Release? Check()
    {
        if (FindRelease() is not { } bare)
        {
            return null;
        }

        var own = answers.Apps.Custom.Where(a => IsOwn(a.Key, bare)).ToDictionary();
        var release = bare.With(answers.Apps with { Custom = own });
        var good = own.Count == answers.Apps.Custom.Count;
        foreach (var (app, entry) in own)
        {
            good &= CheckOwn(app, entry, release);
        }

        foreach (var fork in AppSelection.Forks(answers.Apps, release))
        {
            CheckTransport(fork.Url, fork.Key);
            CheckLogin(answers.Apps.Of(fork.Name)!, fork.Url, fork.Key);
        }

        good &= CheckNames(keys.List("apps", "install"), "apps.install", release);
        foreach (var (app, change) in answers.Apps.Override)
        {
            good &= CheckOverride(app, change, release);
        }

        if (good)
        {
            CheckSelection(release);
        }

        return release;
    }

    // The name must be that of an app, and not that of an app that is installed anyway or that the release has.
    private bool IsOwn(string app, Release release)
    {
        var path = Quoted.Join(Custom, app);
        var place = keys.PlaceOf(path);
        if (IsBase(app, place, path))
        {
            return false;
        }

        if (release.Apps.ContainsKey(app))
        {
            problems.Add(
                place,
                path,
                $"release {_release} has the app {app}",
                $"did you mean [{Overrides}.{app}]? It changes the url and ref of an app of the release"
            );
            return false;
        }

        if (!TextRules.AppName.Accepts(app))
        {
            problems.Add(
                place,
                path,
                $"{Quoted.Text(app)} is not the name of a Python package: lower-case letters, digits and _",
                "take the name of the directory with hooks.py in the repository"
            );
            return false;
        }

        return true;
    }

    private bool CheckOwn(string app, AppOverride entry, Release release)
    {
        var path = $"{Custom}.{app}";
        CheckTransport(entry.Url ?? "", path);
        CheckLogin(entry, entry.Url ?? "https://", path);
        return CheckNames(keys.List("apps", "custom", app, "requires"), path + ".requires", release)
            && entry is { Url: not null, Ref: not null };
    }

    private Release? FindRelease()
    {
        const string Key = "erpnext.release";
        if (known.Releases.Contains(_release))
        {
            return keys.IsSound(Key) ? known.Load(_release) : null;
        }

        problems.Add(
            keys.PlaceOf(Key),
            Key,
            $"there is no release {Quoted.Text(_release)}",
            Nearest.Suggest(_release, known.Releases, "there are")
        );
        return null;
    }

    private bool CheckNames(IReadOnlyList<TextNode> names, string path, Release release)
    {
        var good = true;
        foreach (var name in names)
        {
            good &= IsKnown(name.Value, name.Place, path, release);
        }

        return good;
    }

    private bool IsKnown(string app, Place place, string path, Release release)
    {
        if (IsBase(app, place, path))
        {
            return false;
        }

        if (release.Apps.ContainsKey(app))
        {
            return true;
        }

        problems.Add(place, path, $"release {_release} has no app {Quoted.Text(app)}", SuggestFor(app, release));
        return false;
    }

    private bool IsBase(string app, Place place, string path)
    {
        if (!BaseApps.All.Contains(app))
        {
            return false;
        }

        problems.Add(
            place,
            path,
            $"{app} is always installed, in the version of erpnext.release",
            path == "apps.install" || path.EndsWith(".requires", StringComparison.Ordinal)
                ? "leave it out"
                : $"did you mean [apps.{app}]? It takes url and ref"
        );
        return true;
    }

    private string? SuggestFor(string app, Release release)
    {
        var names = release.Apps.Keys.Order(StringComparer.Ordinal).ToList();
        if (answers.Apps.Override.GetValueOrDefault(app) is { Url: not null })
        {
            return $"did you mean [{Custom}.{app}]?";
        }

        var known = Nearest.Suggest(app, names, "it has");
        return Nearest.To(app, names) is null && TextRules.AppName.Accepts(app)
            ? $"{known}; or describe an app of your own in [{Custom}.{app}]"
            : known;
    }

    private bool CheckOverride(string app, AppOverride change, Release release)
    {
        var path = Quoted.Join(Overrides, app);
        if (answers.Apps.Custom.ContainsKey(app) && !BaseApps.All.Contains(app))
        {
            problems.Add(
                keys.PlaceOf(path),
                path,
                $"{app} is an app of your own, which no release has",
                $"move the keys to [{Custom}.{app}]"
            );
            return false;
        }

        if (!IsKnown(app, keys.PlaceOf(path), path, release))
        {
            return false;
        }

        CheckTransport(change.Url ?? "", path);
        CheckLogin(change, change.Url ?? release.Apps[app].Url, path);
        return change.Requires is null
            || (
                CheckNames(keys.List("apps", "override", app, "requires"), path + ".requires", release)
                & CheckRemoved(app, change, release.Apps[app], path + ".requires")
            );
    }

    private void CheckTransport(string url, string path)
    {
        if (url.StartsWith("http://", StringComparison.Ordinal))
        {
            problems.Warn(
                keys.PlaceOf(path + ".url"),
                path + ".url",
                "http is not encrypted: an attacker on the network could change the app",
                "use https if the server supports it"
            );
        }
    }

    private void CheckLogin(AppSource change, string url, string path)
    {
        var (username, token) = (path + ".username", path + ".token");
        if (change.Username is not null && !keys.Has(token))
        {
            problems.Add(keys.PlaceOf(username), token, $"is missing, and {username} needs it");
        }

        if (change.Token is null)
        {
            return;
        }

        if (
            !url.StartsWith("https://", StringComparison.Ordinal)
            && !url.StartsWith("http://", StringComparison.Ordinal)
        )
        {
            problems.Add(
                keys.PlaceOf(token),
                token,
                $"needs an https address, and this app comes from {url}",
                "leave it out: git on this host uses its own keys"
            );
        }
        else if (url.StartsWith("http://", StringComparison.Ordinal))
        {
            problems.Warn(keys.PlaceOf(token), token, "is sent unencrypted: the address is http");
        }

        if (answers.Image is { Source: ImageSource.Build, Builder: ImageBuilder.Engine })
        {
            problems.Add(
                keys.PlaceOf(token),
                token,
                "needs BuildKit: image.builder = \"engine\" would store it in the image's history",
                "image.builder = \"buildx\""
            );
        }
    }

    // Another version may not need a dependency. The release's own version needs all of them.
    private bool CheckRemoved(string app, AppOverride change, ReleaseApp entry, string path)
    {
        var removed = entry.Requires.Except(change.Requires!).Except(answers.Apps.Install).ToList();
        if (removed.Count == 0)
        {
            return true;
        }

        var names = string.Join(" and ", removed);
        if (change.Ref is not null || change.Url is not null)
        {
            problems.Warn(
                keys.PlaceOf(path),
                path,
                $"the release's {app} requires {names}; your override says that this version does not"
            );
            return true;
        }

        var complete = string.Join(", ", entry.Requires.Union(change.Requires!).Select(r => $"\"{r}\""));
        problems.Add(keys.PlaceOf(path), path, $"removes {names}, which {app} requires", $"did you mean [{complete}]?");
        return false;
    }

    private void CheckSelection(Release release)
    {
        try
        {
            var chosen = AppSelection.Resolve(answers.Apps, release).Select(a => a.Name).ToList();
            foreach (var app in Names().Except(chosen))
            {
                var path = answers.Apps.KeyOf(app);
                problems.Warn(
                    keys.PlaceOf(path),
                    path,
                    $"has no effect: {app} is not installed",
                    "add it to apps.install"
                );
            }
        }
        catch (AppsUnusable e)
        {
            var path = Names().Select(a => answers.Apps.KeyOf(a) + ".requires").FirstOrDefault(keys.Has);
            problems.Add(
                keys.PlaceOf(path ?? "apps.install"),
                path ?? "apps.install",
                char.ToLowerInvariant(e.Message[0]) + e.Message[1..]
            );
        }
    }

    // The apps with a table, without Frappe and ERPNext, which need not be chosen.
    private IEnumerable<string> Names() => answers.Apps.Custom.Keys.Concat(answers.Apps.Override.Keys);
}

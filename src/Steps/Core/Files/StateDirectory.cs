using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Core.Files;

/// <summary>The directory where an installation keeps its files: mode 0700, its files 0600.</summary>
public sealed class StateDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private StateDirectory(string path) => Path = path;

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>The answers as accepted.</summary>
    public string Answers => In("answers.toml");

    /// <summary>Answers that are being given in a front end.</summary>
    public string Draft => In("draft.toml");

    /// <summary>Each step's state.</summary>
    public string State => In("state.toml");

    /// <summary>Apps resolved to commits, base images to digests.</summary>
    public string AppsLock => In("apps.lock.toml");

    /// <summary>Everything the engine said, of all runs.</summary>
    public string InstallLog => In("install.log");

    /// <summary>Held by the run at work.</summary>
    public string Lock => In("lock");

    /// <summary>Where front ends talk with the run at work.</summary>
    public string EngineSocket => In("engine.sock");

    /// <summary>What the process of a detached run writes by itself: why it died, if it did.</summary>
    public string EngineOutput => In("engine.out");

    /// <summary>Everything generated: Dockerfile, nginx.conf, job files.</summary>
    public string Generated => In("generated");

    /// <summary>Answers were accepted here before.</summary>
    /// <exception cref="StateDirectoryUnusable">It is another user's, and so not known.</exception>
    public bool HasAnswers
    {
        get
        {
            CheckIsOurs();
            return File.Exists(Answers);
        }
    }

    /// <summary>
    /// The options that lead a command to this directory, with a blank before each: <c> --rehearse --state-dir DIR</c>;
    /// without the directory where it is the default.
    /// </summary>
    public string SameState(bool rehearsal) =>
        (rehearsal ? " --rehearse" : "")
        + (Path == Default(rehearsal).Path ? "" : $" --state-dir {ShellWord.Of(Path)}");

    /// <summary>A path below the directory.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// Where it is when nobody says: <c>/var/lib/erp-installer</c> for root, else <c>$XDG_STATE_HOME/erp-installer</c>; a
    /// rehearsal keeps to a directory of its own below it.
    /// </summary>
    public static StateDirectory Default(bool rehearsal)
    {
        var home = Environment.GetEnvironmentVariable("HOME") ?? "/";
        var stateHome = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        var root =
            Environment.IsPrivilegedProcess ? "/var/lib"
            : string.IsNullOrEmpty(stateHome) ? System.IO.Path.Combine(home, ".local/state")
            : stateHome;
        var path = System.IO.Path.Combine(root, "erp-installer");
        return At(rehearsal ? System.IO.Path.Combine(path, "rehearsal") : path);
    }

    /// <summary>At a given path; nothing is created yet.</summary>
    public static StateDirectory At(string path) => new(System.IO.Path.GetFullPath(path));

    /// <summary>Creates it if need be and makes sure that it can be written.</summary>
    /// <exception cref="StateDirectoryUnusable">It cannot.</exception>
    public void Prepare()
    {
        try
        {
            Directory.CreateDirectory(Path, OwnerOnly);
            if ((File.GetUnixFileMode(Path) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
            {
                throw StateDirectoryUnusable.Shared(Path);
            }

            var probe = In($".write-test-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateDirectoryUnusable($"{Path}: the state directory cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Makes sure that what is in it can be seen: a file that is hidden is not a file that is missing.</summary>
    /// <exception cref="StateDirectoryUnusable">It is another user's.</exception>
    public void CheckIsOurs()
    {
        if (Directory.Exists(Path))
        {
            StateDirectoryUnusable.Trying(Path, () => Directory.EnumerateFileSystemEntries(Path).Any());
        }
    }

    /// <summary>Writes generated files into <see cref="Generated"/>, without the folders of their paths; what is there is replaced.</summary>
    /// <exception cref="StateDirectoryUnusable">They cannot be written.</exception>
    public void WriteGenerated(IEnumerable<GeneratedFile> files)
    {
        StateDirectoryUnusable.Trying(Generated, () => Directory.CreateDirectory(Generated, OwnerOnly));
        foreach (var file in files)
        {
            AtomicFile.Write(
                System.IO.Path.Combine(Generated, System.IO.Path.GetFileName(file.Path)),
                file.Text,
                file.Mode
            );
        }
    }
}

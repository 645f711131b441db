using ErpInstaller.Core.Text;
using ErpInstaller.Run;

namespace ErpInstaller.Core.Files;

/// <summary>The directory where an installation keeps its files: mode 0700, its files 0600.</summary>
public sealed class StateDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string Roots = "/var/lib/erp-installer";

    private StateDirectory(string path) => Path = path;

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>The answers as accepted.</summary>
    public string Answers => In("answers.toml");

    /// <summary>Answers that are typed and not installed yet.</summary>
    public string Draft => In("draft.toml");

    /// <summary>Each step's state.</summary>
    public string State => In("state.toml");

    /// <summary>Each step's state of an operation other than an install.</summary>
    /// <param name="operation">Its id.</param>
    public string StateOf(string operation) => In($"{operation}.toml");

    /// <summary>Apps resolved to commits, base images to digests.</summary>
    public string AppsLock => In("apps.lock.toml");

    /// <summary>The log of all runs.</summary>
    public string InstallLog => In("install.log");

    /// <summary>The run lock, held while a run works here.</summary>
    public string Lock => In("lock");

    /// <summary>The socket of the present run, for front ends.</summary>
    public string EngineSocket => In("engine.sock");

    /// <summary>Output of a detached run's process outside its events, for example why it crashed.</summary>
    public string EngineOutput => In("engine.out");

    /// <summary>Generated files: Dockerfile, nginx.conf, job files.</summary>
    public string Generated => In("generated");

    /// <summary>Whether answers were accepted here before.</summary>
    /// <exception cref="StateDirectoryUnusable">The directory belongs to another user.</exception>
    public bool HasAnswers
    {
        get
        {
            CheckIsOurs();
            return File.Exists(Answers);
        }
    }

    /// <summary>
    /// The options that make a command use this directory, each with a leading space: <c> --rehearse --state-dir
    /// DIR</c>.
    /// <c>--state-dir</c> is left out for the default directory.
    /// </summary>
    public string SameState(bool rehearsal) =>
        (rehearsal ? " --rehearse" : "")
        + (Path == Default(rehearsal).Path ? "" : $" --state-dir {ShellWord.Of(Path)}");

    /// <summary>A path below the directory.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// The directory of root, when this process belongs to another user and root has one: that user may have forgotten
    /// <c>sudo</c>. Null otherwise.
    /// </summary>
    public static string? OfRoot => !Environment.IsPrivilegedProcess && Directory.Exists(Roots) ? Roots : null;

    /// <summary>
    /// The default: <c>/var/lib/erp-installer</c> for root, otherwise <c>$XDG_STATE_HOME/erp-installer</c>. A rehearsal
    /// uses the subdirectory <c>rehearsal</c>.
    /// </summary>
    public static StateDirectory Default(bool rehearsal)
    {
        var home = Environment.GetEnvironmentVariable("HOME") ?? "/";
        var stateHome = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        var root = string.IsNullOrEmpty(stateHome) ? System.IO.Path.Combine(home, ".local/state") : stateHome;
        var path = Environment.IsPrivilegedProcess ? Roots : System.IO.Path.Combine(root, "erp-installer");
        return At(rehearsal ? System.IO.Path.Combine(path, "rehearsal") : path);
    }

    /// <summary>At a given path; nothing is created yet.</summary>
    public static StateDirectory At(string path) => new(System.IO.Path.GetFullPath(path));

    /// <summary>Creates it if it is missing, and checks that it is writable.</summary>
    /// <exception cref="StateDirectoryUnusable">It is not writable, or other users can write to it.</exception>
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

    /// <summary>
    /// Checks that its files are visible, so that an unreadable directory is not taken for an empty one.
    /// </summary>
    /// <exception cref="StateDirectoryUnusable">It belongs to another user.</exception>
    public void CheckIsOurs()
    {
        if (Directory.Exists(Path))
        {
            StateDirectoryUnusable.Trying(Path, () => Directory.EnumerateFileSystemEntries(Path).Any());
        }
    }

    /// <summary>
    /// Writes files into <see cref="Generated"/>, without the folders of their paths, and replaces existing ones.
    /// </summary>
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

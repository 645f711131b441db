using System.Globalization;

namespace ErpInstaller.Terminal;

/// <summary>Whether there is a shell that would continue a stopped job.</summary>
internal static class JobControl
{
    /// <summary>
    /// False where the group is orphaned (POSIX: no parent of it in the same session): as the command of an ssh or of a container,
    /// a stopped program would stay stopped for ever.
    /// </summary>
    public static bool CanStop()
    {
        var group = Libc.ProcessGroup();
        return Look(group) is { } leader
            && Look(leader.Parent) is { } parent
            && parent.Session == leader.Session
            && parent.Group != group;
    }

    // proc(5), stat: after the name in parentheses come state, parent, group, session.
    private static (int Parent, int Group, int Session)? Look(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Number(fields[1]), Number(fields[2]), Number(fields[3]));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

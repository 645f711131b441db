using System.Globalization;
using ErpInstaller.Core.Native;

namespace ErpInstaller.Terminal;

/// <summary>Knows whether a shell can continue a stopped job.</summary>
internal static class JobControl
{
    /// <summary>
    /// False if the process group is orphaned (POSIX: no parent in the same session). As the command of ssh or of a
    /// container, a stopped program would never continue.
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

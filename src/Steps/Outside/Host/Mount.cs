namespace ErpInstaller.Outside.Host;

/// <summary>A line of <c>/proc/self/mountinfo</c> (proc_pid_mountinfo(5)).</summary>
/// <param name="Device"><c>major:minor</c> of the file system.</param>
/// <param name="Root">The directory of that file system that is mounted.</param>
/// <param name="MountPoint">The directory on which it is mounted.</param>
/// <param name="Type">For example <c>ext4</c>, <c>cgroup2</c>.</param>
/// <param name="Options">The file system's own options.</param>
internal sealed record Mount(string Device, string Root, string MountPoint, string Type, IReadOnlyList<string> Options);

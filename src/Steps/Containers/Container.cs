using System.Globalization;
using ErpInstaller.Answers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.Outside.Nomad;
using ErpInstaller.Run;

namespace ErpInstaller.Containers;

/// <summary>A container of the installation, as Nomad knows it.</summary>
/// <param name="Group">The group that it belongs to.</param>
/// <param name="Task">Its task.</param>
/// <param name="Allocation">Its allocation.</param>
public sealed record Container(ContainerGroup Group, string Task, NomadAllocation Allocation)
{
    /// <summary>Its number within the group: 0, unless the group is scaled.</summary>
    public int Number =>
        int.TryParse(Allocation.Name.Split('[')[^1].TrimEnd(']'), CultureInfo.InvariantCulture, out var found)
            ? found
            : 0;

    /// <summary>The task runs.</summary>
    public bool IsRunning =>
        !Allocation.IsTerminal && Allocation.TaskStates?.GetValueOrDefault(Task)?.State == "running";

    /// <summary>The task runs, or did: it has a log.</summary>
    internal bool HasStarted => Allocation.TaskStates?.GetValueOrDefault(Task)?.State is "running" or "dead";

    /// <summary>Those whose logs an operator wants to read: the ones that run, or else the newest that did.</summary>
    /// <param name="all">All containers of a group, oldest first.</param>
    internal static IReadOnlyList<Container> ToRead(IReadOnlyList<Container> all)
    {
        var open = all.Where(c => !c.Allocation.IsTerminal).ToList();
        return open.Count > 0 || all.Count == 0 ? open : [.. all.Where(c => c.Allocation.ID == all[^1].Allocation.ID)];
    }

    /// <summary>What tells it from the other containers of its group; empty if it is the only one.</summary>
    internal string SourceAmong(IReadOnlyList<Container> all) =>
        Group.Tasks.Count > 1 ? Task
        : all.Count > 1 ? FormattableString.Invariant($"{Group.Name}.{Number}")
        : "";

    /// <summary>A command in it.</summary>
    /// <param name="words">The program and its arguments. No shell reads them.</param>
    public NomadCommand Command(IReadOnlyList<string> words) => new(Allocation.ID, Task, words);
}

/// <summary>Finds the containers of an installation, so that nobody looks up an allocation.</summary>
public sealed class ContainerFinder
{
    private readonly NomadClient _nomad;
    private readonly JobIds _ids;

    /// <param name="installation">Its Nomad and its job.</param>
    public ContainerFinder(Installation installation)
    {
        ArgumentNullException.ThrowIfNull(installation);
        (_nomad, _ids) = (installation.World.Nomad, new JobIds(installation.Settings.Answers.Nomad.Job));
    }

    /// <summary>The group that an operator names.</summary>
    /// <param name="name">Its name; its key, its group at Nomad and its tasks' names do as well.</param>
    /// <param name="offered">The groups that the error names; null: all.</param>
    /// <exception cref="InstallerException">There is no such group.</exception>
    public static ContainerGroup GroupOf(string name, IReadOnlyList<ContainerGroup>? offered = null) =>
        ContainerGroups.All.FirstOrDefault(g => g.Name == name || g.Key == name || g.Group == name)
        ?? ContainerGroups.All.FirstOrDefault(g => g.Tasks.Contains(name))
        ?? throw ContainerErrors.GroupUnknown(name, offered ?? ContainerGroups.All);

    /// <summary>The job of a group.</summary>
    public string JobOf(ContainerGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.JobOf(_ids);
    }

    /// <summary>All containers of a group that Nomad still knows, ended ones too, oldest first.</summary>
    public async Task<IReadOnlyList<Container>> ListAsync(ContainerGroup group, CancellationToken cancellation) =>
        ContainersOf(group, (await _nomad.GetAllocationsAsync(JobOf(group), index: null, cancellation)).Value);

    /// <summary>The running container of a group; of several, the one with the lowest number.</summary>
    /// <exception cref="InstallerException">None runs.</exception>
    public async Task<Container> FindRunningAsync(ContainerGroup group, CancellationToken cancellation)
    {
        var answer = await _nomad.GetAllocationsAsync(JobOf(group), index: null, cancellation);
        return ContainersOf(group, answer.Value).Where(c => c.IsRunning).MinBy(c => c.Number)
            ?? throw (
                answer.Value is { Count: > 0 }
                    ? ContainerErrors.NotRunning(group)
                    : ContainerErrors.NotThere(group, JobOf(group))
            );
    }

    /// <summary>The containers of a group among a job's allocations.</summary>
    internal static IReadOnlyList<Container> ContainersOf(
        ContainerGroup group,
        IReadOnlyList<NomadAllocation>? allocations
    ) =>
        [
            .. (allocations ?? [])
                .Where(a => a.TaskGroup == group.Group)
                .OrderBy(a => a.CreateIndex)
                .SelectMany(a => group.Tasks.Select(t => new Container(group, t, a))),
        ];
}

/// <summary>What both front ends say of containers.</summary>
public static class ContainerWords
{
    /// <summary>The result of a restart.</summary>
    /// <param name="count">How many containers were restarted.</param>
    public static string Restarted(ContainerGroup group, int count)
    {
        ArgumentNullException.ThrowIfNull(group);
        return count == 1
            ? $"The container of {group.Name} runs again"
            : string.Create(CultureInfo.InvariantCulture, $"The {count} containers of {group.Name} run again");
    }
}

/// <summary>Errors of finding a container.</summary>
internal static class ContainerErrors
{
    /// <summary>The installer has no group of this name.</summary>
    public static InstallerException GroupUnknown(string name, IReadOnlyList<ContainerGroup> offered)
    {
        var names = offered.Select(g => g.Name).ToList();
        return new InstallerException(
            ErrorCode.GroupUnknown,
            $"{name}: there is no such group of containers"
                + (Nearest.To(name, names) is { } near ? $"; did you mean {near}?" : ""),
            $"The groups: {string.Join(", ", names)}"
        );
    }

    /// <summary>No container of the group runs.</summary>
    public static InstallerException NotRunning(ContainerGroup group) =>
        new(
            ErrorCode.ContainerNotRunning,
            $"No container of the group {group.Name} is running",
            $"See why: erp-installer logs {group.Name}"
        );

    /// <summary>Nomad has no allocation of the job.</summary>
    public static InstallerException NotThere(ContainerGroup group, string job) =>
        new(
            ErrorCode.ContainerNotRunning,
            $"Nomad has no container of the group {group.Name}: the job {job} does not run",
            "Start it: erp-installer install"
        );
}

using System.CommandLine;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Containers;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>scale</c>: changes the number of containers of a group.</summary>
internal static class ScaleCommand
{
    private static readonly Argument<string> Group = CreateGroup();

    private static readonly Argument<string> Count = UsageErrors.Argument("N", "The number of its containers.");

    public static Command Create()
    {
        var command = new Command("scale", "Change the number of containers of a group, in the answers and at Nomad.")
        {
            Group,
            Count,
            ConfirmedChange.Yes,
        };
        command.SetAction(
            (parsed, cancellation) =>
                Session.RunAsync(CommonOptions.Read(parsed), session => RunAsync(session, parsed, cancellation))
        );
        return command;
    }

    private static Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        var (name, count) = (parsed.GetValue(Group)!, parsed.GetValue(Count)!);
        var group = GroupOf(name);
        var before = session.ReadAnswers(tellWarnings: false);
        var edited = AnswersEditor.Scale(before.Text, before.Settings.Answers, before.Path, group, count);
        var change = ConfirmedChange.YesOrNo(
            session,
            $"scale {group.Name} {count}",
            parsed.GetValue(ConfirmedChange.Yes),
            cancellation
        );
        var asked = new AskedFor { KeepsImage = true };
        return new AnswersChange(session, change) { AskedFor = asked }.RunAsync(before, edited);
    }

    private static ContainerGroup GroupOf(string name)
    {
        var group = ContainerFinder.GroupOf(name, AnswersEditor.ScalableGroups);
        return group.Scale is not null
            ? group
            : throw new InstallerException(
                ErrorCode.GroupUnknown,
                $"{group.Name} always has one container",
                $"These can have more: {string.Join(", ", AnswersEditor.ScalableGroups.Select(g => g.Name))}"
            );
    }

    private static Argument<string> CreateGroup()
    {
        var names = AnswersEditor.ScalableGroups.Select(g => g.Name).ToArray();
        var argument = UsageErrors.Argument("GROUP", $"The group: {string.Join(", ", names)}.");
        argument.CompletionSources.Add(names);
        return argument;
    }
}

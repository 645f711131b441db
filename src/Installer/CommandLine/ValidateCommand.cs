using System.CommandLine;
using ErpInstaller.Core.Errors;

namespace ErpInstaller.CommandLine;

/// <summary><c>validate</c>: checks an answer file, offline.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var file = UsageErrors.Argument("FILE", "The answer file.");
        var command = new Command("validate", "Report mistakes in an answer file, offline.") { file };
        command.SetAction(
            (parsed, _) =>
                Session.RunAsync(CommonOptions.Read(parsed) with { Answers = parsed.GetValue(file) }, session =>
                {
                    var answers = session.ReadAnswers();
                    return Task.FromResult(
                        session.End(
                            ExitCode.Done,
                            $"{answers.Path}: valid: {answers.Settings.Answers.Site.Name}, release "
                                + $"{answers.Settings.Release.Version}"
                        )
                    );
                })
        );
        return command;
    }
}

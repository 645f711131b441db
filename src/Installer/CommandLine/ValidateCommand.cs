using System.CommandLine;
using ErpInstaller.Certificate;
using ErpInstaller.Certificate.Provided;
using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.CommandLine;

/// <summary><c>validate</c>: checks an answer file and the certificate that it names, offline.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var file = UsageErrors.Argument("FILE", "The answer file.");
        var command = new Command("validate", "Report mistakes in an answer file and its certificate files, offline.")
        {
            file,
        };
        command.SetAction(
            (parsed, _) =>
                Session.RunAsync(CommonOptions.Read(parsed) with { Answers = parsed.GetValue(file) }, session =>
                {
                    var answers = session.ReadAnswers();
                    foreach (var warning in CertificateWarnings(answers))
                    {
                        session.Events.Publish(new AnswerWarning($"{warning.Message}. {warning.Hint}"));
                    }

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

    private static IReadOnlyList<CertificateFinding> CertificateWarnings(SessionAnswers answers) =>
        ProvidedCertificateFindings.CheckElsewhere(answers.Settings.Answers, TimeProvider.System.GetUtcNow());
}

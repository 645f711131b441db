using System.CommandLine;

namespace ErpInstaller.CommandLine;

/// <summary>The command line: its commands, and the errors for unknown words.</summary>
public static class CommandLine
{
    /// <summary>Parses the command line and runs the command.</summary>
    /// <returns>The process's exit code, see <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] words)
    {
        var parsed = Root().Parse(words);
        if (parsed.Errors.Count > 0)
        {
            return (int)UsageErrors.Tell(parsed);
        }

        using var signals = new Signals();
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,

            // Signals is the one place that handles them.
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, signals.Token);
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Installs ERPNext with its apps on HashiCorp Nomad: twelve containers behind HTTPS.")
        {
            InstallCommand.Create(),
            ValidateCommand.Create(),
            CheckCommand.Create(),
            PlanCommand.Create(),
            StatusCommand.Create(),
            BackupCommand.Create(),
            BackupsCommand.Create(),
            RestoreCommand.Create(),
            RollbackCommand.Create(),
            AppsCommand.Create(),
            ScaleCommand.Create(),
            RenewCommand.Create(),
            RemoveCommand.Create(),
            LogsCommand.Create(),
            RestartCommand.Create(),
            ShellCommand.Create(),
            BenchCommand.Create(),
            SecretsCommand.Create(),
            AttachCommand.Create(),
            ExportCommand.Create(),
            DoctorCommand.Create(),
            SupportBundleCommand.Create(),
        };
        CommonOptions.AddTo(root);
        root.Add(StartCommand.Plain);
        root.SetAction(
            (parsed, cancellation) =>
                StartCommand.RunAsync(CommonOptions.Read(parsed), parsed.GetValue(StartCommand.Plain), cancellation)
        );
        return root;
    }
}

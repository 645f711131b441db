using System.Globalization;
using ErpInstaller.Engine;
using ErpInstaller.HostChecks;

namespace ErpInstaller.Plain;

/// <summary>Draws events as lines: for pipes, logs, dumb terminals and people who like lines. Output of builds stays in the log.</summary>
public sealed class PlainFrontEnd(TextWriter output, TextWriter errors)
{
    private IReadOnlyList<string> _steps = [];
    private string _lastProgress = "";
    private bool _hasToldChecks;

    /// <summary>Writes an event's lines.</summary>
    public void Show(EngineEvent happened)
    {
        switch (happened)
        {
            case RunStarted e: ShowStart(e); break;
            case StepStarted e: output.WriteLine($"{Head(e.Step)} started{(e.Attempt > 1 ? $", attempt {e.Attempt}" : "")}: {e.Why}"); break;
            case Progress e: ShowProgress(e); break;
            case Log { Level: not LogLevel.Output } e: output.WriteLine($"{Head(e.Step)} {(e.Level == LogLevel.Warning ? "warning: " : "")}{e.Line}"); break;
            case StepFinished { Status: StepStatus.Done } e: ShowDone(e); break;
            case HostChecked e: ShowChecked(e); break;
            case StepPlanned e: PlanLines.Write(e, output); break;
            case StepKnown e: StatusLines.Write(e, output); break;
            case SecretKnown e: SecretLines.Write(e, output); break;
            case AnswerWarning e: errors.WriteLine($"warning: {e.Message}"); break;
            case FileWritten e: output.WriteLine(e.Path); break;
            case InstallRunning e: output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"An install is at work since {e.Since:yyyy-MM-dd HH:mm} UTC, pid {e.Process}; watch it: erp-installer attach")); break;
            case LinesDropped e: output.WriteLine($"… {e.Count} lines of the log left out here; install.log has them"); break;
            case Refused e: errors.WriteLine($"refused: {e.Message}"); break;
            case Finished e: ResultLines.Write(HasToldWhy(e) ? e with { Details = [] } : e, output, errors); break;
        }
    }

    private void ShowStart(RunStarted start)
    {
        _steps = start.Steps;
        output.WriteLine($"ERPNext {start.Release} for {start.Site}" + (start.Rehearsal ? " - REHEARSAL: everything is simulated, nothing is installed" : ""));
    }

    private void ShowProgress(Progress progress)
    {
        // The same words with another ratio are not news on paper.
        if (progress.Text != _lastProgress)
        {
            _lastProgress = progress.Text;
            output.WriteLine($"{Head(progress.Step)} {progress.Text}{(progress.Note is null ? "" : $" · {progress.Note}")}");
        }
    }

    private void ShowChecked(HostChecked check)
    {
        _hasToldChecks = true;
        HostCheckLines.Write(check, output);
    }

    // Each check stands above, with its hint.
    private bool HasToldWhy(Finished result) => _hasToldChecks && result.Error == nameof(HostChecksFailed);

    private void ShowDone(StepFinished step) =>
        output.WriteLine($"{Head(step.Step)} {(step.Skipped ? "in place" : $"done in {Duration.Text(step.Seconds)}")}: {step.Summary}");

    private string Head(string step)
    {
        var index = _steps.ToList().IndexOf(step);
        return index < 0 ? $"{step}:" : $"[{index + 1}/{_steps.Count}] {step}:";
    }
}

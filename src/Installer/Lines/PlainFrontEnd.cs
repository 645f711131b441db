using System.Globalization;
using ErpInstaller.Core.Errors;
using ErpInstaller.Core.Ids;
using ErpInstaller.Core.Text;
using ErpInstaller.HostChecks;
using ErpInstaller.Run;

namespace ErpInstaller.Lines;

/// <summary>
/// Writes events as lines: for pipes, logs and simple terminals. Output of builds goes to the log only.
/// </summary>
public sealed class PlainFrontEnd(PlainLines output, PlainLines errors)
{
    // The shortest time between two lines about the progress of a transfer.
    private static readonly TimeSpan BetweenCounts = TimeSpan.FromSeconds(10);

    private IReadOnlyList<string> _steps = [];
    private Progress _lastProgress = new("", "", null);
    private bool _hasToldChecks;
    private bool _hasToldMarks;

    /// <summary>Writes an event's lines.</summary>
    public void Show(EngineEvent happened)
    {
        output.ErasePassing();
        switch (happened)
        {
            case About e:
                ShowTitle(e.Site, e.Release, e.Rehearsal);
                break;
            case RunStarted e:
                ShowStart(e);
                break;
            case StepStarted e:
                output.Write($"{Head(e.Step)} started{(e.Attempt > 1 ? $", attempt {e.Attempt}" : "")}: {e.Why}");
                break;
            case Progress e:
                ShowProgress(e);
                break;
            case Log { Level: not LogLevel.Output } e:
                output.Write($"{Head(e.Step)} {(e.Level == LogLevel.Warning ? "warning: " : "")}{e.Line}");
                break;
            case StepFinished { Status: StepStatus.Done } e:
                ShowDone(e);
                break;
            case HostChecked e:
                ShowChecked(e);
                break;
            case StepPlanned e:
                ShowPlanned(e);
                break;
            case StepKnown e:
                StatusLines.Write(e, output);
                break;
            case BackupKnown e:
                BackupLines.Write(e, output);
                break;
            case LiveStatus e:
                LiveLines.Write(e, output);
                break;
            case SecretKnown e:
                SecretLines.Write(e, output);
                break;
            case AnswerWarning e:
                errors.Write($"warning: {e.Message}");
                break;
            case AnswerEdited e:
                output.Write($"{e.Key}: {e.Before ?? "absent"} → {e.After} in {e.File}");
                break;
            case FileWritten e:
                output.WriteWhole(e.Path);
                break;
            case LookTaken e:
                LookLines.Write(e, output);
                break;
            case FileBundled e:
                BundleLines.Write(e, output);
                break;
            case InstallRunning e:
                ShowRunning(e);
                break;
            case LinesDropped e:
                output.Write($"… {e.Count} lines left out; install.log has them");
                break;
            case Refused e:
                errors.Write($"refused: {e.Message}");
                break;
            case Finished e:
                ResultLines.Write(HasToldWhy(e) ? e with { Details = [] } : e, output, errors);
                break;
        }
    }

    private void ShowStart(RunStarted start)
    {
        _steps = start.Steps;
        ShowTitle(start.Site, start.Release, start.Rehearsal, start.Operation);
    }

    private void ShowTitle(string site, string release, bool isRehearsal, string? operation = null) =>
        output.Write(
            $"ERPNext {release}{(site.Length == 0 ? "" : $" for {site}")}"
                + (operation is null || operation == Operation.InstallId ? "" : $": {operation}")
                + (isRehearsal ? $" - {RehearsalWords.Simulated}" : "")
        );

    private void ShowProgress(Progress progress)
    {
        var line = $"{Head(progress.Step)} {progress.Text}{(progress.Note is null ? "" : $" · {progress.Note}")}";

        // A command other than install reports the result; its progress is not needed.
        if (_steps.Count == 0 || progress.Step == StepId.HostChecks || IsCounting(progress))
        {
            output.Pass(line);
        }
        else if (progress.Text != _lastProgress.Text)
        {
            // The same text with another ratio needs no new line.
            _lastProgress = progress;
            output.Write(line);
        }
    }

    // "9 of 11 layers, 43 of 301 MB": a transfer reports each second, and the next line shows its end.
    private bool IsCounting(Progress progress) =>
        progress.Ratio is not 1
        && progress.At - _lastProgress.At < BetweenCounts
        && WithoutDigits(progress.Text) == WithoutDigits(_lastProgress.Text);

    private static string WithoutDigits(string text) => string.Concat(text.Where(c => !char.IsAsciiDigit(c)));

    private void ShowChecked(HostChecked check)
    {
        _hasToldChecks = true;
        HostCheckLines.Write(check, output);
    }

    private void ShowPlanned(StepPlanned plan)
    {
        if (plan.Changes.Count > 0 && !_hasToldMarks)
        {
            _hasToldMarks = true;
            output.Write(PlanLines.Legend);
        }

        PlanLines.Write(plan, output);
    }

    private void ShowRunning(InstallRunning running) =>
        output.Write(
            string.Create(
                CultureInfo.InvariantCulture,
                $"An install is running since {running.Since:yyyy-MM-dd HH:mm} UTC, pid {running.Process}"
            )
        );

    // Each check is already listed above, with its hint.
    private bool HasToldWhy(Finished result) => _hasToldChecks && result.Error == ErrorCode.HostChecksFailed.Word;

    private void ShowDone(StepFinished step) =>
        output.Write(
            $"{Head(step.Step)} "
                + $"{(step.Skipped ? "in place" : $"done in {Duration.Text(step.Seconds)}")}: {step.Summary}"
        );

    private string Head(string step)
    {
        var index = _steps.ToList().IndexOf(step);
        return index < 0 ? $"{step}:" : $"[{index + 1}/{_steps.Count}] {step}:";
    }
}

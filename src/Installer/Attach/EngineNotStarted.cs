using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>The run's process ended before the run began. This carries the process's own error.</summary>
public sealed class EngineNotStarted : InstallerException
{
    private readonly string _class;

    internal EngineNotStarted(Finished result)
        : base(result.Message ?? "The install ended before it started", result.Hint ?? "", (ExitCode)result.ExitCode)
    {
        _class = result.Error ?? nameof(EngineNotStarted);
        Details = result.Details;
    }

    internal EngineNotStarted(string message, IReadOnlyList<string> details)
        : base(message, "erp-installer install runs it in this terminal and shows the reason", ExitCode.Internal)
    {
        _class = nameof(EngineNotStarted);
        Details = details;
    }

    /// <summary>The code of the process's own error, for example <c>LockHeld</c>.</summary>
    public override string ErrorClass => _class;
}

using ErpInstaller.Core.Errors;
using ErpInstaller.Run;

namespace ErpInstaller.Attach;

/// <summary>The install's process ended before it began: with its own error, which this passes on.</summary>
public sealed class EngineNotStarted : InstallerException
{
    private readonly string _class;

    internal EngineNotStarted(Finished result)
        : base(result.Message ?? "The install ended before it began", result.Hint ?? "", (ExitCode)result.ExitCode)
    {
        _class = result.Error ?? nameof(EngineNotStarted);
        Details = result.Details;
    }

    internal EngineNotStarted(string message, IReadOnlyList<string> details)
        : base(message, "erp-installer install runs it in this terminal and shows why", ExitCode.Internal)
    {
        _class = nameof(EngineNotStarted);
        Details = details;
    }

    /// <summary>The class of the process's own error, for example <c>LockHeld</c>.</summary>
    public override string ErrorClass => _class;
}

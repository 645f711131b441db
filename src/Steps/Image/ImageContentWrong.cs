using ErpInstaller.Core.Errors;

namespace ErpInstaller.Image;

/// <summary>An image lacks what it should have.</summary>
public sealed class ImageContentWrong(string reference, string what, string hint)
    : InstallerException($"{reference}: {what}", hint, ExitCode.StepFailed);

using ErpInstaller.Core.Errors;

namespace ErpInstaller.Support;

/// <summary>Errors of the support bundle.</summary>
internal static class SupportErrors
{
    /// <summary>There is a file of this name.</summary>
    public static InstallerException Exists(string path) =>
        new(ErrorCode.FileExists, $"{path} exists already", "Choose another name: erp-installer support-bundle FILE");

    /// <summary>The file cannot be written.</summary>
    public static InstallerException NotWritten(string path, string why, Exception cause) =>
        new(
            ErrorCode.BundleNotWritten,
            $"{path}: cannot be written: {why}",
            "Choose a place that you can write to: erp-installer support-bundle /tmp/support.tar.gz",
            cause
        );
}

using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ErpInstaller.Core.Files;
using Microsoft.Win32.SafeHandles;

namespace ErpInstaller.Attach;

/// <summary>
/// The address of a state directory's socket. The kernel takes 107 bytes of path (unix(7), sun_path); a longer one is
/// reached through <c>/proc/self/fd/N</c>, which must stay open while the address is used.
/// </summary>
internal sealed class SocketAddress : IDisposable
{
    private const int LongestPath = 107;
    private readonly SafeFileHandle? _directory;

    public SocketAddress(StateDirectory directory)
    {
        var path = directory.EngineSocket;
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            _directory = PosixProcess.OpenDirectory(directory.Path);
            path = string.Create(
                CultureInfo.InvariantCulture,
                $"/proc/self/fd/{_directory.DangerousGetHandle()}/{Path.GetFileName(path)}"
            );
        }

        EndPoint = new UnixDomainSocketEndPoint(path);
    }

    public UnixDomainSocketEndPoint EndPoint { get; }

    public void Dispose() => _directory?.Dispose();
}

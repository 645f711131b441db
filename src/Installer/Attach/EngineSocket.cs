using System.Net.Sockets;
using ErpInstaller.Core.Files;

namespace ErpInstaller.Attach;

/// <summary>The listening end of <c>engine.sock</c> (0600); disposing it removes the file.</summary>
internal sealed class EngineSocket : IDisposable
{
    private const int Waiting = 16;

    private readonly Socket _socket;
    private readonly SocketAddress _address;
    private readonly string _path;
    private readonly CancellationTokenSource _closed = new();

    private EngineSocket(Socket socket, SocketAddress address, string path) =>
        (_socket, _address, _path) = (socket, address, path);

    /// <summary>Listens, in place of whatever is there: whoever calls this holds the directory's lock.</summary>
    /// <exception cref="EngineSocketUnusable">The file system has no sockets, for example.</exception>
    public static EngineSocket Listen(StateDirectory directory)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(directory.EngineSocket);
            var address = new SocketAddress(directory);
            socket.Bind(address.EndPoint);

            // Nobody can connect before Listen, so it is never open to others.
            File.SetUnixFileMode(directory.EngineSocket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            socket.Listen(Waiting);
            return new EngineSocket(socket, address, directory.EngineSocket);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            throw new EngineSocketUnusable(directory.EngineSocket, e);
        }
    }

    /// <summary>The next connection; null once this is disposed.</summary>
    public async Task<Socket?> AcceptAsync()
    {
        try
        {
            return await _socket.AcceptAsync(_closed.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            return null;
        }
    }

    /// <summary>A connection that waits to be accepted, if one does.</summary>
    public Socket? AcceptWaiting() => _socket.Poll(TimeSpan.Zero, SelectMode.SelectRead) ? _socket.Accept() : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_path);
        _closed.Cancel();
        _socket.Dispose();
        _address.Dispose();
    }
}

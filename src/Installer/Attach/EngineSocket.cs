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

    /// <summary>Listens and replaces an existing file. The caller holds the run lock.</summary>
    /// <exception cref="EngineSocketUnusable">For example, the file system does not support sockets.</exception>
    public static EngineSocket Listen(StateDirectory directory)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(directory.EngineSocket);
            var address = new SocketAddress(directory);
            socket.Bind(address.EndPoint);

            // Connections are possible only after Listen, so other users never have access.
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

    /// <summary>The next connection, or null after disposal.</summary>
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

    /// <summary>A connection that waits to be accepted, or null.</summary>
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

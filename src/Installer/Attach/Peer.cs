using System.Net.Sockets;
using System.Runtime.InteropServices;
using ErpInstaller.Core.Native;

namespace ErpInstaller.Attach;

/// <summary>The process at the other end of a Unix socket, as the kernel reports it.</summary>
/// <param name="Process">Process id.</param>
/// <param name="User">User id.</param>
internal readonly record struct Peer(int Process, uint User)
{
    // socket(7), Linux: SOL_SOCKET and SO_PEERCRED, which gives pid, uid and gid.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    public static Peer Of(Socket socket)
    {
        Span<int> credentials = stackalloc int[3];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, MemoryMarshal.AsBytes(credentials));
        return new Peer(credentials[0], (uint)credentials[1]);
    }

    /// <summary>Only root and the user of the run may watch and stop it.</summary>
    public bool MayAttach => User == 0 || User == Libc.EffectiveUser();
}

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ErpInstaller.Outside.Docker;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// Finds the range of addresses that Docker would give to a new network: the first of its pools that overlaps neither
/// with another network nor with a network that the host is in (moby, libnetwork/netutils, InferReservedNetworks).
/// </summary>
/// <remarks>
/// Engines before 23.0 also keep away from ranges behind routers. They refuse a network when it is created, if at all.
/// </remarks>
internal static class FreeAddresses
{
    // moby, libnetwork/ipamutils: the pools of an engine without default-address-pools.
    private static readonly AddressPool[] DockersOwn =
    [
        new("172.17.0.0/16", 16),
        new("172.18.0.0/16", 16),
        new("172.19.0.0/16", 16),
        new("172.20.0.0/14", 16),
        new("172.24.0.0/14", 16),
        new("172.28.0.0/14", 16),
        new("192.168.0.0/16", 20),
    ];

    /// <summary>The first free range, for example <c>172.18.0.0/16</c>; null: none is left.</summary>
    /// <param name="pools">The engine's own pools; empty: Docker's default.</param>
    /// <param name="taken">Ranges in use.</param>
    public static string? Find(IReadOnlyList<AddressPool> pools, IEnumerable<string> taken)
    {
        var used = taken.Select(Range.Parse).OfType<Range>().ToList();
        return (pools.Count == 0 ? DockersOwn : pools)
            .SelectMany(Networks)
            .FirstOrDefault(candidate => !used.Exists(candidate.Overlaps))
            ?.ToString();
    }

    private static IEnumerable<Range> Networks(AddressPool pool)
    {
        if (Range.Parse(pool.Base) is not { } all || pool.Size < all.Length || pool.Size > 32)
        {
            yield break;
        }

        for (var first = (ulong)all.First; first <= all.Last; first += 1UL << (32 - pool.Size))
        {
            yield return new Range((uint)first, pool.Size);
        }
    }

    private sealed record Range(uint First, int Length)
    {
        public uint Last => First + (uint)((1UL << (32 - Length)) - 1);

        public bool Overlaps(Range other) => First <= other.Last && other.First <= Last;

        /// <summary>Null: not a range of IPv4.</summary>
        public static Range? Parse(string text) =>
            text.Split('/') is [var address, var length]
            && IPAddress.TryParse(address, out var parsed)
            && parsed.AddressFamily == AddressFamily.InterNetwork
            && int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            && bits <= 32
                ? new Range(Masked(BinaryPrimitives.ReadUInt32BigEndian(parsed.GetAddressBytes()), bits), bits)
                : null;

        public override string ToString()
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, First);
            return FormattableString.Invariant($"{new IPAddress(bytes)}/{Length}");
        }

        private static uint Masked(uint address, int bits) => (uint)(address & (ulong.MaxValue << (32 - bits)));
    }
}

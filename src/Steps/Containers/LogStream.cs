using ErpInstaller.Outside.Nomad;

namespace ErpInstaller.Containers;

/// <summary>One stream of a container's log, as Nomad keeps it.</summary>
/// <param name="type"><see cref="Output"/> or <see cref="Errors"/>.</param>
internal sealed class LogStream(NomadClient nomad, Container container, string type)
{
    /// <summary>The streams of a log.</summary>
    public const string Output = "stdout",
        Errors = "stderr";

    private const int Window = 128 * 1024;
    private const int WindowGrowth = 4;

    // What is written while Nomad does not answer.
    private const int LongestOutage = 1024 * 1024;

    /// <summary>Both streams of a container's log.</summary>
    public static IEnumerable<LogStream> Of(NomadClient nomad, Container container) =>
        [new(nomad, container, Output), new(nomad, container, Errors)];

    /// <summary>Whether it is stderr.</summary>
    public bool IsErrors => type == Errors;

    /// <summary>Reads more and more of the end, until it has what is asked for.</summary>
    /// <exception cref="NomadLogMissing">There is no log.</exception>
    public async Task<LogEnd> ReadEndAsync(LogRequest request, CancellationToken cancellation)
    {
        for (long window = Window; ; window *= WindowGrowth)
        {
            using var bytes = new MemoryStream();
            await ReadEndAsync(window, follow: false, piece => bytes.Write(piece), cancellation);
            var end = LogEnd.Of(bytes.ToArray(), isWhole: bytes.Length < window);
            if (end.Suffices(request))
            {
                return end;
            }
        }
    }

    /// <summary>Reads the end and what is written from now on.</summary>
    /// <param name="past">How many bytes of what was written before; null: all.</param>
    public Task FollowAsync(long? past, Action<byte[]> hear, CancellationToken cancellation) =>
        // One byte more: the line before ends with it.
        past is { } bytes
            ? ReadEndAsync(bytes + 1, follow: true, hear, cancellation)
            : nomad.ReadLogAsync(container.Allocation.ID, container.Task, type, 0, follow: true, hear, cancellation);

    /// <summary>Goes on behind a place. What the container wrote meanwhile is read too.</summary>
    public Task ResumeAsync(LogPlace place, Action<byte[]> hear, CancellationToken cancellation)
    {
        var missed = new MemoryStream();
        byte[]? after = null;
        void Take(byte[] piece)
        {
            if (after is not null)
            {
                hear(piece);
                return;
            }

            missed.Write(piece);
            after = place.After(missed.ToArray());

            // It is not in what Nomad still has: all of that is new.
            after ??= missed.Length >= LongestOutage ? missed.ToArray() : null;
            if (after is { Length: > 0 })
            {
                hear(after);
            }
        }

        return ReadEndAsync(LongestOutage, follow: true, Take, cancellation);
    }

    private Task ReadEndAsync(long bytes, bool follow, Action<byte[]> hear, CancellationToken cancellation) =>
        nomad.ReadLogEndAsync(container.Allocation.ID, container.Task, type, bytes, follow, hear, cancellation);
}

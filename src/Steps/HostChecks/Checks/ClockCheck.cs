using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// The clock must be right to 5 minutes: otherwise other machines find a new certificate not yet valid, and this host
/// finds theirs expired. It is compared with servers that the installation uses anyway; the kernel reports whether the
/// clock follows a time source.
/// </summary>
internal sealed class ClockCheck : HostCheck<ClockFact>
{
    private const int MaxSeconds = 300;
    private const int WarnSeconds = 60;

    /// <inheritdoc/>
    public override string Id => CheckId.Clock;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) => "right to 5 min, by a time source";

    /// <inheritdoc/>
    public override async Task<ClockFact> CollectAsync(HostProbe probe, CancellationToken cancellation)
    {
        var synchronised = probe.Host.ReadClockSynchronised();
        foreach (var server in Servers(probe))
        {
            var asked = probe.Time.GetTimestamp();
            if (await probe.Host.AskTimeAsync(server, cancellation) is { } theirs)
            {
                // The server read its clock half a round trip ago.
                var ours = probe.Time.GetUtcNow() - (probe.Time.GetElapsedTime(asked) / 2);
                return new ClockFact(synchronised, server.Host, Math.Round((ours - theirs).TotalSeconds));
            }
        }

        return new ClockFact(synchronised);
    }

    /// <inheritdoc/>
    public override Verdict Judge(ClockFact fact, AnswerFile answers)
    {
        var found = $"{Difference(fact)}; {Source(fact)}";
        var kind = Math.Abs(fact.AheadSeconds ?? 0) switch
        {
            > MaxSeconds => VerdictKind.Fail,
            > WarnSeconds => VerdictKind.Warn,
            _ when fact.Synchronised == false => VerdictKind.Warn,
            _ when fact is { Synchronised: null, AheadSeconds: null } => VerdictKind.Unknown,
            _ => VerdictKind.Pass,
        };
        return new Verdict(
            kind,
            found,
            Needed(answers),
            kind == VerdictKind.Pass ? "" : "timedatectl set-ntp true && timedatectl status"
        );
    }

    private static string Difference(ClockFact fact) =>
        fact.AheadSeconds switch
        {
            null => "no server to compare it with answered",
            // The Date header has a resolution of one second.
            >= -2 and <= 2 => $"equal to the second to {fact.Reference}",
            > 0 => $"{Span(fact.AheadSeconds.Value)} ahead of {fact.Reference}",
            _ => $"{Span(-fact.AheadSeconds.Value)} behind {fact.Reference}",
        };

    private static string Span(double seconds) => seconds < 120 ? $"{seconds:0} s" : $"{seconds / 60:0.#} min";

    private static string Source(ClockFact fact) =>
        fact.Synchronised switch
        {
            true => "follows a time source",
            false => "follows no time source",
            null => "the kernel does not report whether it follows a time source",
        };

    // A server on this host has the same clock, so it proves nothing.
    private static IEnumerable<Uri> Servers(HostProbe probe)
    {
        var own = probe.Host.ReadIdentity();
        return AppSelection
            .Resolve(probe.Answers.Apps, probe.Context.Release)
            .Select(a => a.Url)
            .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>()
            .Where(uri => uri.Scheme is "https" or "http")
            .Take(1)
            .Append(probe.Nomad.Address)
            .Where(uri => !own.Has(uri))
            .Select(uri => new Uri(uri, "/"));
    }
}

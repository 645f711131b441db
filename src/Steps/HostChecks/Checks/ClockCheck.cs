using ErpInstaller.Answers;
using ErpInstaller.Core.Ids;
using ErpInstaller.HostChecks.Facts;

namespace ErpInstaller.HostChecks.Checks;

/// <summary>
/// A clock that is right to 5 minutes: a certificate made now must be valid for others, and theirs here. Compared with
/// servers that the installation talks to anyway; the kernel says whether the clock follows a time source.
/// </summary>
public sealed class ClockCheck : HostCheck<ClockFact>
{
    private const int MostSeconds = 300;
    private const int WarnSeconds = 60;

    /// <inheritdoc/>
    public override string Id => CheckId.Clock;

    /// <inheritdoc/>
    public override string Needed(AnswerFile answers) => "right to 5 min, by a time source";

    /// <inheritdoc/>
    public override async Task<ClockFact> CollectAsync(HostSurvey survey, CancellationToken cancellation)
    {
        var synchronised = survey.Host.ReadClockSynchronised();
        foreach (var server in Servers(survey))
        {
            var asked = survey.Time.GetTimestamp();
            if (await survey.Host.AskTimeAsync(server, cancellation) is { } theirs)
            {
                // Half of the way there and back lies between their reading of the clock and ours.
                var ours = survey.Time.GetUtcNow() - (survey.Time.GetElapsedTime(asked) / 2);
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
            > MostSeconds => VerdictKind.Fail,
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
            null => "compared with no server",
            // The servers' clocks tell seconds.
            >= -2 and <= 2 => $"right to the second by {fact.Reference}",
            > 0 => $"{Span(fact.AheadSeconds.Value)} ahead of {fact.Reference}",
            _ => $"{Span(-fact.AheadSeconds.Value)} behind {fact.Reference}",
        };

    private static string Span(double seconds) => seconds < 120 ? $"{seconds:0} s" : $"{seconds / 60:0.#} min";

    private static string Source(ClockFact fact) =>
        fact.Synchronised switch
        {
            true => "follows a time source",
            false => "follows no time source",
            null => "the kernel does not say whether it follows a time source",
        };

    // A server on this host has this host's clock and says nothing about it.
    private static IEnumerable<Uri> Servers(HostSurvey survey)
    {
        var own = survey.Host.ReadIdentity();
        return AppSelection
            .Resolve(survey.Answers.Apps, survey.Context.Release)
            .Select(a => a.Url)
            .Select(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>()
            .Where(uri => uri.Scheme is "https" or "http")
            .Take(1)
            .Append(survey.Nomad.Address)
            .Where(uri => !own.Has(uri))
            .Select(uri => new Uri(uri, "/"));
    }
}

using ErpInstaller.Core.Toml;

namespace ErpInstaller.Answers.Rules;

/// <summary>Rules for <c>[site]</c>.</summary>
internal sealed class SiteRules(CheckedKeys keys, AnswerFile answers, ProblemList problems)
{
    private const string Name = "site.name";
    private const string HttpPort = "site.http_port";
    private const string HttpsPort = "site.https_port";

    /// <summary>Applies them.</summary>
    public void Check()
    {
        CheckName();
        CheckPorts();
    }

    private void CheckName()
    {
        if (!keys.IsSound(Name))
        {
            return;
        }

        if (SiteAdvice.WhyNot(answers.Site.Name) is { } problem)
        {
            problems.Add(keys.PlaceOf(Name), Name, $"\"{answers.Site.Name}\" {problem}");
        }
        else if (SiteAdvice.OfName(answers.Site.Name) is { } advice)
        {
            problems.Warn(keys.PlaceOf(Name), Name, $"\"{answers.Site.Name}\" {advice}");
        }
    }

    private void CheckPorts()
    {
        if (keys.Has(HttpsPort) && keys.IsSound(HttpsPort) && SiteAdvice.OfPort(answers) is { } advice)
        {
            problems.Warn(keys.PlaceOf(HttpsPort), HttpsPort, $"{answers.Site.HttpsPort} {advice}");
        }

        // In the mode none the second port belongs to the proxy, which may be on another machine.
        if (
            answers.Certificate.Mode != CertificateMode.None
            && keys.IsSound(HttpPort)
            && keys.IsSound(HttpsPort)
            && answers.Site.HttpPort == answers.Site.HttpsPort
        )
        {
            var key = keys.Has(HttpsPort) ? HttpsPort : HttpPort;
            problems.Add(
                keys.PlaceOf(key),
                key,
                $"http and https need different ports, both are {answers.Site.HttpPort}"
            );
        }
    }
}

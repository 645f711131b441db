namespace ErpInstaller.Answers.Reading;

/// <summary>Rules for <c>[site]</c>.</summary>
internal sealed class SiteRules(CheckedKeys keys, SiteAnswers answers, ProblemList problems)
{
    private const string HttpPort = "site.http_port";
    private const string HttpsPort = "site.https_port";

    /// <summary>Applies them.</summary>
    public void Check()
    {
        if (keys.IsSound(HttpPort) && keys.IsSound(HttpsPort) && answers.HttpPort == answers.HttpsPort)
        {
            var key = keys.Has(HttpsPort) ? HttpsPort : HttpPort;
            problems.Add(keys.PlaceOf(key), key, $"http and https need two ports, both are {answers.HttpPort}");
        }
    }
}

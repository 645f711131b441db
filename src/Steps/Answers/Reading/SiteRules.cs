namespace ErpInstaller.Answers.Reading;

/// <summary>Rules for <c>[site]</c>.</summary>
internal sealed class SiteRules(CheckedKeys keys, AnswerFile file, ProblemList problems)
{
    private const string HttpPort = "site.http_port";
    private const string HttpsPort = "site.https_port";

    private readonly SiteAnswers _answers = file.Site;

    /// <summary>Applies them.</summary>
    public void Check()
    {
        // In the mode none the second port is the proxy's, which may be another machine.
        if (file.Certificate.Mode == CertificateMode.None)
        {
            return;
        }

        if (keys.IsSound(HttpPort) && keys.IsSound(HttpsPort) && _answers.HttpPort == _answers.HttpsPort)
        {
            var key = keys.Has(HttpsPort) ? HttpsPort : HttpPort;
            problems.Add(keys.PlaceOf(key), key, $"http and https need two ports, both are {_answers.HttpPort}");
        }
    }
}

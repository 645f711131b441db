namespace ErpInstaller.Rehearsal;

/// <summary>The output of <c>verify.py</c> for a working site.</summary>
internal static class RehearsedVerifyOutput
{
    /// <summary>The lines when all checks pass.</summary>
    public const string Good = """
        {"check": "inside-queues", "ok": true, "found": "jobs sent: short, default, long"}
        {"check": "inside-address", "ok": true, "found": "the site's address answers inside the network"}
        {"check": "inside-links", "ok": true, "found": "links in mails begin with the site's address"}
        {"check": "inside-doctypes", "ok": true, "found": "499 DocTypes of the apps"}
        {"check": "inside-apps", "ok": true, "found": "every app is installed and on the apps page"}
        {"check": "inside-scheduler", "ok": true, "found": "enabled; no job has run yet"}
        {"check": "inside-realtime", "ok": true, "found": "an event reached a signed-in user's socket"}
        {"check": "inside-pdf", "ok": true, "found": "a PDF with a picture, 14787 bytes"}
        {"check": "inside-queue-short", "ok": true, "found": "a job ran in short and its result came back"}
        {"check": "inside-queue-default", "ok": true, "found": "a job ran in default and its result came back"}
        {"check": "inside-queue-long", "ok": true, "found": "a job ran in long and its result came back"}
        {"looks": 11, "failed": 0}

        """;
}

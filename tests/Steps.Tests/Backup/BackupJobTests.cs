using ErpInstaller.Answers;
using ErpInstaller.Backup;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Run;
using ErpInstaller.Tests.Deployment;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Backup;

/// <summary>Where the backup job has its repository, and how it gets there.</summary>
public sealed class BackupJobTests
{
    [Fact]
    public void Without_an_answer_the_repository_is_a_volume_of_the_node()
    {
        var job = Build(new BackupAnswers());

        Assert.Contains(job.Groups[0].Tasks[0].Mounts, m => m is { Volume: "erpnext-backups", Target: "/backups" });
        Assert.Equal("/backups", Variable(job, "REPOSITORY"));
        Assert.Contains("\"type\":\"volume\"", JobJson.Render(job).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_of_the_node_is_mounted_at_its_own_path()
    {
        var job = Build(new BackupAnswers { Repository = "/srv/backups" });

        var written = JobJson.Render(job).ToJsonString();
        Assert.Equal("/srv/backups", Variable(job, "REPOSITORY"));
        Assert.Contains(
            """{"type":"bind","source":"/srv/backups","target":"/srv/backups"}""",
            written,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("erpnext-backups", written, StringComparison.Ordinal);
    }

    [Fact]
    public void A_repository_at_a_server_needs_no_mount_and_its_secret_is_a_file()
    {
        var job = Build(
            new BackupAnswers
            {
                Repository = "s3:https://s3.example.com/backups",
                User = "KEY",
                Secret = new SecretSource { Literal = "s3cret" },
            }
        );

        var written = JobJson.Render(job).ToJsonString();
        Assert.Equal("KEY", Variable(job, "REPOSITORY_USER"));
        Assert.DoesNotContain("backups\",\"target", written, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", written, StringComparison.Ordinal);
        Assert.Contains("secrets/repository_secret", written, StringComparison.Ordinal);
    }

    [Fact]
    public void The_CAs_of_a_company_are_a_file_that_restic_reads_beside_the_public_ones()
    {
        var job = Build(new BackupAnswers { Repository = "rest:https://backup.example.com/erp" }, "PEM");

        Assert.Equal("/local/authorities", Variable(job, "SSL_CERT_DIR"));
        Assert.Contains(job.Groups[0].Tasks[0].Templates, t =>
            t is { Destination: "local/authorities/ca.pem", Text: "PEM" }
        );
        Assert.DoesNotContain("SSL_CERT_DIR", Build(new BackupAnswers()).Groups[0].Tasks[0].Env.Keys);
    }

    private static string Variable(Job job, string name) => job.Groups[0].Tasks[0].Env[name];

    private static Job Build(BackupAnswers backup, string authorities = "")
    {
        var answers = JobCases.Default with { Backup = backup };
        return new BackupJob(
            JobCases.SettingsOf(answers),
            JobCases.InputsOf(answers),
            new AssetSource(),
            authorities
        ).Build(new BackupAction.Write("20261128T231500Z", "hand"));
    }
}

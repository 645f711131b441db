using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment.Scripts;

/// <summary>backup.py on a site, with a real MariaDB and a real restic.</summary>
[Collection(InsideSite.Collection)]
public sealed class BackupScriptTests
{
    private const string Staging = $"sites/{InsideSite.Site}/private/erp-installer-backup";

    private readonly InsideSite _site;
    private readonly string _repository = $"/backups/{Guid.NewGuid():N}";

    public BackupScriptTests(InsideSite site)
    {
        DockerEnvironment.Require();
        _site = site;
    }

    [Fact]
    public async Task A_backup_holds_the_dump_the_files_and_the_keys_of_the_site()
    {
        await _site.BashAsync($"echo letter > sites/{InsideSite.Site}/private/files/letter.txt");

        var written = await WriteAsync();

        Assert.Equal("done", written.End);
        var id = written.Lines[^1].Word("snapshot");
        Assert.Equal("checked", (await _site.BackupAsync("check", _repository, $"SNAPSHOT={id}", "READ_DATA=1")).End);
        var tables = await _site.SqlAsync(
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
        );
        Assert.Equal(tables, $"{written.Lines[^1].Number("tables")}");
        var restored = await RestoredAsync(id);
        Assert.Contains("private/files/letter.txt", restored, StringComparison.Ordinal);
        Assert.Contains("site_config.json", restored, StringComparison.Ordinal);
        Assert.Equal("", await ListAsync(Staging));
    }

    [Fact]
    public async Task The_list_names_each_backup_with_its_time_and_versions()
    {
        Assert.Equal("listed", (await _site.BackupAsync("list", _repository)).End);
        var first = await WriteAsync();
        var second = await WriteAsync();

        var listed = await _site.BackupAsync("list", _repository);

        Assert.Contains(first.Lines, l => l.Kind == "created");
        Assert.DoesNotContain(second.Lines, l => l.Kind == "created");
        var backups = listed.Lines.Where(l => l.Kind == "snapshot").Select(l => l.ToKnown()!).ToList();
        Assert.Equal([first.Lines[^1].Word("snapshot"), second.Lines[^1].Word("snapshot")], backups.Select(b => b.Id));
        Assert.All(backups, b => Assert.Equal(("hand", "v15.75.1"), (b.By, b.Release)));
        Assert.Equal("15.75.1", backups[0].Apps["erpnext"]);
        Assert.InRange(backups[0].Time, DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Old_backups_are_removed_by_the_policy_and_those_of_the_last_two_days_stay()
    {
        var newest = (await WriteAsync()).Lines[^1].Word("snapshot");
        foreach (var day in (string[])["2026-01-05", "2026-01-06", "2026-01-07"])
        {
            await ResticAsync($"backup --quiet --host {InsideSite.Site} --time '{day} 03:00:00' /etc/hostname");
        }

        await _site.BackupAsync("backup", _repository, "KEEP_DAILY=0", "KEEP_WEEKLY=0", "KEEP_MONTHLY=2");

        var listed = await _site.BackupAsync("list", _repository);
        var backups = listed.Lines.Where(l => l.Kind == "snapshot").Select(l => l.ToKnown()!).ToList();
        Assert.Equal(["2026-01-07"], backups.Where(b => b.Time.Month == 1).Select(b => $"{b.Time:yyyy-MM-dd}"));
        Assert.Contains(newest, backups.Select(b => b.Id));
        Assert.Equal(3, backups.Count);
    }

    [Fact]
    public async Task A_scheduled_backup_is_checked_and_once_a_week_all_data_is_read_back()
    {
        const string marker = $"sites/{InsideSite.Site}/locks/erp-installer-backup.data-read";
        await _site.BashAsync($"rm -f {marker}");

        var first = await DailyAsync();
        var second = await DailyAsync();
        await _site.BashAsync($"touch --date '8 days ago' {marker}");
        var later = await DailyAsync();

        Assert.All([first, second, later], r => Assert.Equal((0, "checked"), (r.ExitCode, r.End)));
        Assert.Equal([true, false, true], [ReadsAll(first), ReadsAll(second), ReadsAll(later)]);
        var listed = (await _site.BackupAsync("list", _repository)).Lines.Where(l => l.Kind == "snapshot").ToList();
        Assert.Equal(3, listed.Count);
        Assert.All(listed, l => Assert.Equal("schedule", l.Word("by")));
        Assert.All(listed, l => Assert.NotEqual("", l.Word("run")));
    }

    [Fact]
    public async Task Weekly_reading_finds_damage_in_an_older_backup()
    {
        await _site.BashAsync($"rm -f sites/{InsideSite.Site}/locks/erp-installer-backup.data-read");
        await ResticAsync("init --quiet");
        await ResticAsync($"backup --quiet --host {InsideSite.Site} --time '2026-11-27 03:00:00' /etc/passwd");
        await _site.InBackupsAsync(
            $"f=$(ls -S {_repository}/data/*/* | head -n 1); chmod +w $f; "
                + "printf x | dd of=$f bs=1 seek=99 conv=notrunc"
        );

        var run = await DailyAsync();

        Assert.Equal((1, "backup-damaged"), (run.ExitCode, run.End));
    }

    [Fact]
    public async Task A_damaged_backup_is_found_when_it_is_read_back()
    {
        var id = (await WriteAsync()).Lines[^1].Word("snapshot");
        await _site.InBackupsAsync(
            $"for f in {_repository}/data/*/*; do chmod +w $f; printf x | dd of=$f bs=1 seek=9 conv=notrunc; done"
        );

        Assert.Equal("backup-damaged", (await _site.BackupAsync("check", _repository, $"SNAPSHOT={id}")).End);
    }

    [Fact]
    public async Task A_truncated_dump_is_not_stored()
    {
        var run = await _site.BackupAsync("backup", _repository, "STANDIN_BACKUP=cut");

        Assert.Equal((1, "dump-failed"), (run.ExitCode, run.End));
        Assert.Equal(0, (await _site.BackupAsync("list", _repository)).Lines[^1].Number("count"));
        Assert.Equal("", await ListAsync(Staging));
    }

    [Fact]
    public async Task A_backup_that_the_site_encrypts_is_refused_because_its_dump_cannot_be_checked()
    {
        await _site.SqlAsync("INSERT INTO tabSingles VALUES ('System Settings', 'encrypt_backup', '1')");
        try
        {
            Assert.Equal("dump-encrypted", (await WriteAsync()).End);
        }
        finally
        {
            await _site.SqlAsync("DELETE FROM tabSingles WHERE field = 'encrypt_backup'");
        }
    }

    [Fact]
    public async Task A_full_disk_is_named_and_leaves_no_backup() =>
        Assert.Equal("disk-full", (await _site.BackupAsync("backup", "/small")).End);

    [Fact]
    public async Task A_second_backup_at_the_same_time_is_refused()
    {
        await _site.BashAsync($"mkdir -p sites/{InsideSite.Site}/locks");
        var held = _site.BashAsync(
            $"flock sites/{InsideSite.Site}/locks/erp-installer-backup.lock "
                + "bash -c 'touch sites/held; while [ -e sites/held ]; do sleep 0.1; done'"
        );
        await _site.BashAsync("until [ -e sites/held ]; do sleep 0.1; done");

        var run = await WriteAsync();

        await _site.BashAsync("rm sites/held");
        await held;
        Assert.Equal((1, "backup-running"), (run.ExitCode, run.End));
    }

    [Fact]
    public async Task A_killed_backup_with_an_exclusive_lock_blocks_no_later_backup()
    {
        var id = (await WriteAsync()).Lines[^1].Word("snapshot");
        Assert.Equal(137, (await _site.KillBackupAsync(_repository)).ExitCode);
        Assert.NotEqual("", await LocksAsync());

        Assert.Equal("listed", (await _site.BackupAsync("list", _repository)).End);
        Assert.Equal("checked", (await _site.BackupAsync("check", _repository, $"SNAPSHOT={id}")).End);
        Assert.Equal("", await LocksAsync());

        await _site.KillBackupAsync(_repository);
        var next = await WriteAsync();

        Assert.Equal("done", next.End);
        Assert.DoesNotContain(next.Lines, l => l.Kind == "warning");
        Assert.Equal("", await LocksAsync());
    }

    [Fact]
    public async Task A_lock_of_another_installation_stays_and_the_backup_is_written_beside_it()
    {
        await WriteAsync();
        await _site.InBackupsAsync(
            "export RESTIC_PASSWORD=RepositorySecret2048; "
                + $"sleep 60 | restic --no-cache -r {_repository} backup --quiet --stdin --host other & "
                + $"until ls {_repository}/locks/* >/dev/null 2>&1; do sleep 0.1; done; kill -9 $!"
        );
        var locks = await LocksAsync();

        var run = await WriteAsync();

        Assert.Equal("done", run.End);
        Assert.Contains(run.Lines, l => l.Word("error") == "repository-locked");
        Assert.Equal(locks, await LocksAsync());
    }

    [Fact]
    public async Task A_repository_at_a_server_takes_backups_and_each_failure_has_its_own_message()
    {
        var server = await _site.StartRestServerAsync();

        var written = await _site.BackupAsync("backup", server, "REPOSITORY_USER=erp");

        Assert.Equal("done", written.End);
        var id = written.Lines[^1].Word("snapshot");
        var known = (string[])["REPOSITORY_USER=erp", $"SNAPSHOT={id}"];
        Assert.Equal("checked", (await _site.BackupAsync("check", server, known)).End);
        var denied = await _site.BackupAsync("list", server, "REPOSITORY_USER=other");
        Assert.Equal("repository-denied", denied.End);
        Assert.DoesNotContain("p%40ss", denied.Output + written.Output, StringComparison.Ordinal);
        await _site.RemoveAsync("rest");
        Assert.Equal("repository-unreachable", (await _site.BackupAsync("list", server, known)).End);
    }

    [Fact]
    public async Task A_repository_in_S3_takes_backups_reads_them_back_and_refuses_another_key()
    {
        var (server, authority) = CertificateFor("s3");
        var bucket = await _site.StartS3ServerAsync(server);
        var trusted = _site.TrustAuthorities(authority);
        string[] login = [$"REPOSITORY_USER={InsideSite.S3Key}", trusted];

        var written = await _site.BackupAsync("backup", bucket, login);

        Assert.Equal(("done", ""), (written.End, written.Lines[^1].Word("message")));
        var snapshot = $"SNAPSHOT={written.Lines[^1].Word("snapshot")}";
        Assert.Equal("checked", (await _site.BackupAsync("check", bucket, [.. login, snapshot])).End);
        Assert.Equal("listed", (await _site.BackupAsync("list", bucket, login)).End);
        var denied = await _site.BackupAsync("list", bucket, "REPOSITORY_USER=other", trusted);
        Assert.Equal("repository-denied", denied.End);
        await _site.RemoveAsync("s3");
    }

    [Fact]
    public async Task A_server_with_a_certificate_of_a_company_is_trusted_with_its_CA_only()
    {
        var (server, authority) = CertificateFor("rest");
        var repository = await _site.StartRestServerAsync(server);

        var refused = await _site.BackupAsync("backup", repository, "REPOSITORY_USER=erp");
        var trusted = _site.TrustAuthorities(authority);
        var written = await _site.BackupAsync("backup", repository, "REPOSITORY_USER=erp", trusted);

        Assert.Equal(("repository-tls", "done"), (refused.End, written.End));
        await _site.RemoveAsync("rest");
    }

    [Fact]
    public async Task A_wrong_password_is_reported_and_changes_nothing()
    {
        await ResticAsync("init", password: "another");

        Assert.Equal("repository-password", (await WriteAsync()).End);
    }

    // A server's key and certificate, and the CA that signed it.
    private static (string Server, string Authority) CertificateFor(string host)
    {
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ofAuthority = new CertificateRequest("CN=Company CA", authorityKey, HashAlgorithmName.SHA256);
        ofAuthority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = ofAuthority.CreateSelfSigned(from, to);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ofServer = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        ofServer.CertificateExtensions.Add(names.Build());
        using var server = ofServer.Create(authority, from, to, [1]);
        return (
            key.ExportPkcs8PrivateKeyPem() + "\n" + server.ExportCertificatePem(),
            authority.ExportCertificatePem()
        );
    }

    private Task<BackupScriptRun> DailyAsync() => _site.BackupAsync("daily", _repository, "RUN=", "BY=schedule");

    private static bool ReadsAll(BackupScriptRun run) =>
        run.Lines.Any(l => l.Word("text").StartsWith("reading all data", StringComparison.Ordinal));

    private async Task<string> LocksAsync() => (await _site.InBackupsAsync($"ls {_repository}/locks")).Trim();

    private Task<BackupScriptRun> WriteAsync() => _site.BackupAsync("backup", _repository);

    private async Task<string> ListAsync(string directory) =>
        (await _site.BashAsync($"ls {directory} 2>/dev/null || true")).Output.Trim();

    private Task<string> RestoredAsync(string id) => ResticAsync($"ls {id}");

    private Task<string> ResticAsync(string command, string password = "RepositorySecret2048") =>
        _site.InBackupsAsync($"RESTIC_PASSWORD={password} restic --no-cache -r {_repository} {command}");
}

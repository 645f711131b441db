using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Core.Ids;
using ErpInstaller.Releases;
using ErpInstaller.Run;
using ErpInstaller.Screens;
using Terminal.Gui.Input;

namespace ErpInstaller.Tests.Screens;

/// <summary>From the first screen to the review.</summary>
public sealed class ChoosingTests : IDisposable
{
    private readonly ShownInstaller _shown = new();

    [Fact]
    public async Task Enter_on_every_screen_installs_with_valid_answers()
    {
        await _shown.AtSiteAsync();
        foreach (var next in (string[])["The certificate", "The Docker image", "Nomad", "Counts and sizes", "Review"])
        {
            _shown.Press(Key.Enter);
            await _shown.SeesAsync(next);
        }

        await _shown.SeesAsync("Enter rehearses");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("Rehearsing");
        _shown.Install.Tell(
            new RunStarted("erp.example.com", "v15.75.1", Rehearsal: true, [StepId.Apps]),
            new StepStarted(StepId.Apps, 1, "no lock file")
        );
        await _shown.SeesAsync("Rehearsing: apps");

        var text = Assert.Single(_shown.Install.Started);
        Assert.NotEmpty(
            AnswersReader
                .ReadText(text, "started.toml", AnswersVocabulary.Of(new ReleaseCatalog(new())))
                .Answers.Site.Name
        );
    }

    [Fact]
    public async Task A_typed_name_replaces_the_proposal_and_is_saved_in_the_draft()
    {
        await _shown.AtSiteAsync();
        _shown.Type("erp.example.com").Press(Key.Enter);
        await _shown.SeesAsync("The certificate");

        Assert.Contains(
            "name = \"erp.example.com\"",
            await File.ReadAllTextAsync(_shown.In("draft.toml"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Contains("erp.example.com  v15", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_name_is_reported_while_I_type_and_Enter_does_not_go_on()
    {
        await _shown.AtSiteAsync();
        _shown.Type("erp..x").Press(Key.Enter);

        Assert.Contains("is not a host name", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("The site", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_half_typed_name_is_not_in_the_title_bar()
    {
        await _shown.AtSiteAsync();

        _shown.Type("erp.");
        Assert.StartsWith(" ERPNext installer     ", _shown.Text, StringComparison.Ordinal);

        _shown.Type("example.com");
        Assert.StartsWith(" ERPNext installer  erp.example.com  v15", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_typed_password_is_neither_on_the_screen_nor_in_the_draft()
    {
        await _shown.AtSiteAsync();
        _shown.Press(Key.CursorDown).Type("correcthorse");
        Assert.DoesNotContain("correct", _shown.Text, StringComparison.Ordinal);
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("The certificate");

        Assert.DoesNotContain(
            "correcthorse",
            await File.ReadAllTextAsync(_shown.In("draft.toml"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "correcthorse",
            await File.ReadAllTextAsync(_shown.In("secrets/admin_password"), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_password_typed_over_a_file_name_is_hidden()
    {
        await _shown.AtSiteAsync();
        _shown.Press(Key.CursorDown).Type("file:/root/password").Press(Key.CursorDown, Key.CursorUp);
        Assert.Contains("file:/root/password", _shown.Text, StringComparison.Ordinal);

        // As a terminal shows it: between two characters only the field is drawn.
        _shown.Screen.Type("correcthorse");

        Assert.DoesNotContain("correct", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unset_variable_and_a_missing_file_are_reported_at_their_question()
    {
        await _shown.AtSiteAsync();
        _shown.Press(Key.CursorDown).Type("env:ERP_INSTALLER_TEST_IS_NOT_SET");
        Assert.Contains(
            "ERP_INSTALLER_TEST_IS_NOT_SET is not set",
            string.Join(' ', _shown.Screen.Lines.Select(l => l.Split('│')[^1].Trim())),
            StringComparison.Ordinal
        );

        _shown.Press(Key.U.WithCtrl).Type("file:/nonexistent/password");
        await _shown.SeesAsync("there is no file");
        Assert.Contains("install -m 600 /dev/stdin", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_r_asks_a_silent_repository_again()
    {
        await _shown.SeesAsync("New installation");
        var elsewhere = new AppOverride { Url = "https://git.example.com/crm" };
        _shown.Work.Interview.Keep(
            _shown.Work.Interview.Answers with
            {
                Apps = _shown.Work.Interview.Answers.Apps with
                {
                    Override = new Dictionary<string, AppOverride> { ["crm"] = elsewhere },
                },
            }
        );
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("1 to fix or accept");
        _shown.Press(Key.Enter);

        await _shown.SeesAsync("no answer (r asks again): crm");
        Assert.Matches(@"crm +v1\.52\.2 +no answer", _shown.Text);

        // The old result disappears until the repository answers again.
        _shown.Screen.Press(Key.R);
        Assert.DoesNotContain("no answer", _shown.Text, StringComparison.Ordinal);
        await _shown.SeesAsync("no answer (r asks again): crm");
    }

    [Fact]
    public async Task The_filter_finds_an_app_by_its_description_and_Space_removes_it()
    {
        await AtAppsAsync();

        _shown.Press(new Key('/')).Type("quizzes").Press(Key.Enter, Key.Space);

        Assert.DoesNotContain("lms", _shown.Work.Interview.Answers.Apps.Install);
        await _shown.SeesAsync("9 apps");
    }

    [Fact]
    public async Task A_faulty_certificate_is_reported_while_I_type()
    {
        await _shown.AtSiteAsync();
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("The certificate");
        _shown
            .Press(Key.CursorRight, Key.CursorDown, Key.CursorDown)
            .Type("/nonexistent/chain.pem")
            .Press(Key.CursorDown)
            .Type("/nonexistent/key.pem");

        Assert.Contains("/nonexistent/chain.pem", _shown.Text, StringComparison.Ordinal);
        await _shown.SeesAsync("there is no file");
    }

    [Fact]
    public async Task A_valid_provided_certificate_is_confirmed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=erp.example.com", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("erp.example.com");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(100)
        );
        await File.WriteAllTextAsync(
            _shown.In("chain.pem"),
            certificate.ExportCertificatePem(),
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(
            _shown.In("chain-key.pem"),
            key.ExportPkcs8PrivateKeyPem(),
            TestContext.Current.CancellationToken
        );
        File.SetUnixFileMode(_shown.In("chain-key.pem"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await _shown.AtSiteAsync();
        _shown.Type("erp.example.com").Press(Key.Enter);
        await _shown.SeesAsync("The certificate");

        _shown.Press(Key.CursorRight, Key.CursorDown, Key.CursorDown).Type(_shown.In("ch")).Press(Key.Tab);
        Assert.Equal(_shown.In("chain"), _shown.Work.Interview.Answers.Certificate.Certificate);
        Assert.Contains("chain-key.pem chain.pem", _shown.Text, StringComparison.Ordinal);
        _shown.Type(".").Press(Key.Tab, Key.CursorDown).Type(_shown.In("chain-")).Press(Key.Tab);

        await _shown.SeesAsync("Chain and key belong together");
    }

    [Fact]
    public async Task A_failed_check_shows_its_hint_and_can_be_accepted_with_a_reason_and_undone()
    {
        await _shown.SeesAsync("New installation");
        _shown.Work.Interview.Keep(_shown.Work.Interview.Answers with { Scale = new ScaleAnswers { Backend = 40 } });
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("1 to fix or accept: nomad-capacity");

        _shown.Press(Key.H);
        Assert.Contains("lower [resources] or [scale]", _shown.Text, StringComparison.Ordinal);
        _shown.Press(Key.Esc, Key.A).Type("a larger node comes").Press(Key.Enter);
        Assert.Contains("accepted: a larger node comes", _shown.Text, StringComparison.Ordinal);
        Assert.Equal("a larger node comes", _shown.Work.Interview.Answers.Host.Accept["nomad-capacity"]);

        _shown.Press(Key.A);
        Assert.Empty(_shown.Work.Interview.Answers.Host.Accept);
        Assert.Contains("1 to fix or accept", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_ref_is_reported_at_once_and_an_empty_one_restores_the_releases_ref()
    {
        await AtAppsAsync();
        _shown.Press(Key.CursorDown, Key.E).Type("develop").Press(Key.Enter);
        await _shown.SeesAsync("not there: crm");
        Assert.Contains(
            "crm: https://github.com/frappe/crm has no branch or tag",
            _shown.Text,
            StringComparison.Ordinal
        );

        _shown.Press(Key.E, Key.U.WithCtrl, Key.Enter);
        await _shown.SeesAsync("10 apps");
        Assert.Empty(_shown.Work.Interview.Answers.Apps.Override);
    }

    [Fact]
    public async Task An_app_for_another_release_is_refused_before_anything_is_built()
    {
        await AtAppsAsync();
        await _shown.SeesAsync("Fits v15.75.1: frappe >=15.0.0,<16.0.0");

        _shown.Press(Key.E, Key.U.WithCtrl).Type("v16.1.0").Press(Key.Enter);
        await _shown.SeesAsync("hrms does not fit: needs frappe >=16.0.0, has <15.109.0");
        Assert.Contains("Does not fit: needs frappe >=16.0.0, has <15.109.0;", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("needs Python >=3.14, has 3.11", _shown.Text, StringComparison.Ordinal);
        Assert.Matches(@"hrms +[^ ]* v16\.1\.0 +does not fit", _shown.Text);

        _shown.Press(Key.CursorRight);
        await _shown.SeesAsync("Fits v16.32.3: frappe >=16.0.0,<17.0.0");
        await _shown.SeesAsync("12 apps");
    }

    [Fact]
    public async Task The_bars_follow_each_change_of_a_size()
    {
        await _shown.AtSiteAsync();
        foreach (var next in (string[])["The certificate", "The Docker image", "Nomad", "Counts and sizes"])
        {
            _shown.Press(Key.Enter);
            await _shown.SeesAsync(next);
        }

        await _shown.SeesAsync("It fits on rehearsal");
        Assert.Contains("needs 6.0 of the 8.0 free", _shown.Text, StringComparison.Ordinal);
        _shown.Press(Key.Tab).Type("9000");
        await _shown.SeesAsync("needs 20008, only 16384 free");
        Assert.Contains("3624 MiB are missing", _shown.Text, StringComparison.Ordinal);

        _shown.Press(Key.PageDown);
        Assert.Equal(9000 - 128, _shown.Work.Interview.Answers.Resources.Database.Memory);
    }

    [Fact]
    public async Task The_questions_about_a_cluster_include_registry_and_volumes_and_it_can_be_rehearsed()
    {
        await _shown.AtSiteAsync();
        _shown.Type("erp.example.com").Press(Key.Enter);
        await _shown.SeesAsync("The certificate");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("(•) single  ( ) cluster");

        _shown.Press(Key.CursorDown, Key.CursorDown, Key.CursorDown, Key.CursorRight, Key.Enter);
        await _shown.SeesAsync("every node of a cluster pulls");
        _shown.Type("registry.example.com:5000").Press(Key.Enter);
        await _shown.SeesAsync("Nodes of the cluster");

        _shown.Press(Key.Enter);
        await _shown.SeesAsync("Data node: is missing");
        Assert.Contains("› Data node", _shown.Text, StringComparison.Ordinal);
        _shown.Type("node-b").Press(Key.Enter);
        await _shown.SeesAsync("Sites by NFS: is missing");
        _shown.Type("nfs.example.com:/srv/erpnext").Press(Key.Enter);
        await _shown.SeesAsync("It fits on the nodes of the cluster");
        _shown.Press(Key.Enter);

        await _shown.SeesAsync("Enter rehearses");
        Assert.Contains("cluster", _shown.Work.Interview.SettledText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_ends_at_failed_host_checks_does_not_claim_that_nothing_changes()
    {
        await _shown.SeesAsync("New installation");
        _shown.Work.Interview.Keep(_shown.Work.Interview.Answers with { Scale = new ScaleAnswers { Backend = 40 } });

        _shown.ScreenFlow.Review();

        await _shown.SeesAsync("1 host check fails. Fix or accept it; Enter would stop there.");
        Assert.DoesNotContain("nothing changes", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_review_lists_problems_above_the_answers()
    {
        await _shown.SeesAsync("New installation");
        var apps = _shown.Work.Interview.Answers.Apps with
        {
            Override = new Dictionary<string, AppOverride> { ["crm"] = new() { Ref = "v9.9.9" } },
        };
        _shown.Work.Interview.Keep(_shown.Work.Interview.Answers with { Apps = apps });

        _shown.ScreenFlow.Review();

        await _shown.SeesAsync("It cannot be rehearsed yet");
        Assert.Contains("crm has no branch or tag v9.9.9", _shown.Screen.Lines[3], StringComparison.Ordinal);
        Assert.Contains("Similar names: v1.52.2", _shown.Screen.Lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_review_reports_a_faulty_certificate_once()
    {
        await _shown.SeesAsync("New installation");
        var given = _shown.Work.Interview.Answers.Certificate with
        {
            Mode = CertificateMode.Provided,
            Certificate = "/nonexistent/chain.pem",
            Key = "/nonexistent/key.pem",
        };
        _shown.Work.Interview.Keep(_shown.Work.Interview.Answers with { Certificate = given });

        _shown.ScreenFlow.Review();

        await _shown.SeesAsync("It cannot be rehearsed yet");
        Assert.Single(_shown.Screen.Lines, l =>
            l.Contains("there is no file /nonexistent/chain.pem", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_nodes_of_a_rehearsed_cluster_list_their_resources_for_the_choice()
    {
        await _shown.SeesAsync("New installation");
        _shown.Work.Interview.Keep(
            _shown.Work.Interview.Answers with
            {
                Nomad = _shown.Work.Interview.Answers.Nomad with { Topology = NomadTopology.Cluster },
            }
        );

        _shown.Work.Navigator.Open(new NodesScreen(_shown.Work));

        await _shown.SeesAsync("rehearsal-2");
        Assert.Equal(2, _shown.Screen.Lines.Count(l => l.Contains("MiB free", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Answers_that_no_screen_asks_for_stay_in_the_answer_file()
    {
        var file = _shown.In("given.toml");
        await File.WriteAllTextAsync(
            file,
            "schema = 1\n[site]\nname = \"erp.example.com\"\n[deadlines]\nimage = 240\n",
            TestContext.Current.CancellationToken
        );
        await _shown.SeesAsync("Load an answer file");

        _shown.Press(Key.CursorDown, Key.Enter).Type(file).Press(Key.Enter);
        await _shown.SeesAsync("Enter rehearses");

        _shown.Press(Key.PageDown);
        Assert.Contains("deadlines.image        240", _shown.Text, StringComparison.Ordinal);
        Assert.Contains("image = 240", _shown.Work.Interview.SettledText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_run_is_shown_with_its_time_and_can_be_resumed()
    {
        using var again = new ShownInstaller(before: directory =>
        {
            var began = DateTimeOffset.UtcNow.AddMinutes(-20);
            File.WriteAllText(
                Path.Combine(directory, "answers.toml"),
                "schema = 1\n[site]\nname = \"erp.example.com\"\n"
            );
            File.WriteAllText(
                Path.Combine(directory, "state.toml"),
                "schema = 1\nrehearsal = true\n[steps]\n[steps.host-checks]\nstatus = \"failed\"\nattempt = 1\n"
                    + $"started = {began:yyyy-MM-ddTHH:mm:ssZ}\nfinished = {began:yyyy-MM-ddTHH:mm:ssZ}\n"
                    + "message = \"2 checks fail\"\n"
            );
        });

        await again.SeesAsync("Resume at host-checks");
        Assert.Contains("Change the answers", again.Text, StringComparison.Ordinal);
        Assert.Matches(
            "Failed 20 min ago, ([-0-9]{10} )?at [0-9]{2}:[0-9]{2}: 2 checks fail",
            string.Join(' ', again.Text.Split('\n').Select(l => l[Math.Min(l.Length, 23)..].Trim()))
        );
    }

    [Fact]
    public async Task Damaged_accepted_answers_are_reported_on_the_start_screen()
    {
        using var again = new ShownInstaller(before: directory =>
        {
            File.WriteAllText(
                Path.Combine(directory, "draft.toml"),
                "schema = 1\n[site]\nname = \"erp.example.com\"\n"
            );
            File.WriteAllText(Path.Combine(directory, "answers.toml"), "schema = 1\n[site]\nname = \"a b\"\n");
            File.WriteAllText(
                Path.Combine(directory, "state.toml"),
                "schema = 1\nrehearsal = true\n[steps]\n[steps.host-checks]\nstatus = \"failed\"\nattempt = 1\n"
                    + "message = \"2 checks fail\"\n"
            );
        });
        await again.SeesAsync("Resume at host-checks");

        again.Press(Key.Enter);

        await again.SeesAsync("is not a host name");
        Assert.Contains("Welcome", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_problems_of_an_answer_file_are_listed()
    {
        var file = _shown.In("wrong.toml");
        await File.WriteAllTextAsync(
            file,
            "schema = 1\n[site]\nname = \"a b\"\nport = 1\n",
            TestContext.Current.CancellationToken
        );
        await _shown.SeesAsync("Load an answer file");

        _shown.Press(Key.CursorDown, Key.Enter).Type(file).Press(Key.Enter);

        await _shown.SeesAsync("site.name");
        Assert.Contains("site.port", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_too_small_terminal_shows_the_required_size_and_loses_no_input()
    {
        await _shown.AtSiteAsync();
        _shown.Type("erp.example.com");
        _shown.Screen.Resize(70, 20);
        _shown.Press(Key.Enter);
        Assert.Contains("needs 80x24, this terminal has 70x20", _shown.Text, StringComparison.Ordinal);

        _shown.Screen.Resize(100, 30);
        await _shown.SeesAsync("erp.example.com");
        Assert.Contains("The site", _shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F1_explains_the_screen_and_Esc_goes_back()
    {
        await _shown.AtSiteAsync();
        _shown.Press(Key.F1);
        Assert.Contains("Help: The site", _shown.Text, StringComparison.Ordinal);

        _shown.Press(Key.Esc);
        await _shown.SeesAsync("Host name");
    }

    public void Dispose() => _shown.Dispose();

    private async Task AtAppsAsync()
    {
        await _shown.SeesAsync("New installation");
        _shown.Press(Key.Enter);
        await _shown.SeesAsync(ShownInstaller.AllPass);
        _shown.Press(Key.Enter);
        await _shown.SeesAsync("10 apps");
    }
}

using ErpInstaller.Answers;
using ErpInstaller.Answers.Files;
using ErpInstaller.Answers.Interview;
using ErpInstaller.Certificate;
using ErpInstaller.Composition;
using ErpInstaller.Core.Assets;
using ErpInstaller.Core.Secrets;
using ErpInstaller.Releases;
using ErpInstaller.Run;

namespace ErpInstaller.Tests.Answers.Interview;

public sealed class QuestionnaireTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("erp-installer-secrets-").FullName;
    private static readonly AnswerFile Named = new() { Site = new SiteAnswers { Name = "erp.example.com" } };
    private readonly Questionnaire _questions = new(new ReleaseCatalog(new AssetSource(null)));

    public static IEnumerable<TheoryDataRow<string>> Accepted => AnswerCases.In("accepted");

    [Fact]
    public void Every_question_except_the_name_of_the_site_starts_with_a_valid_answer()
    {
        var problem = Assert.Single(_questions.Problems(new AnswerFile()));

        Assert.Equal("site.name", problem.Key);
        Assert.Empty(_questions.Problems(Named));
    }

    [Fact]
    public void Every_question_has_a_short_label_a_meaning_and_its_choices()
    {
        Assert.All(_questions.Pages.SelectMany(p => p.Questions), q =>
        {
            Assert.InRange(q.Label.Length, 1, 22);
            Assert.NotEmpty(q.Summary);
            Assert.Equal(q.Kind is QuestionKind.Choice or QuestionKind.Choices, q.Choices(Named).Count > 0);
        });
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Typing_each_shown_answer_again_changes_nothing(string name)
    {
        var answers = AnswerCases.Read("accepted", name).Answers;

        Assert.All(_questions.Pages.SelectMany(p => p.Questions), q =>
            Assert.Equal(AnswersJson.Of(answers), AnswersJson.Of(q.Set(answers, q.Get(answers) ?? "")))
        );
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void A_file_that_went_through_the_questions_gives_the_same_plan(string name)
    {
        var before = AnswerCases.Read("accepted", name);
        var given = TypedSecrets.MoveOut(before.Answers, _folder);

        var after = AnswersReader.ReadText(
            AnswersWriter.Write(_questions.Settled(given)),
            "installer.toml",
            AnswerCases.Known
        );

        Assert.All(InstallSteps.InOrder(), step =>
            Assert.Equal(
                step.Inputs(new StepSettings(given, before.Release)).Fingerprint(),
                step.Inputs(new StepSettings(after.Answers, after.Release)).Fingerprint()
            )
        );
    }

    [Fact]
    public void Answers_without_a_question_are_listed_by_their_key()
    {
        var answers = Named with
        {
            Deadlines = new DeadlineAnswers { Image = 240 },
            Apps = new AppsAnswers
            {
                Override = new Dictionary<string, AppOverride>
                {
                    ["crm"] = new()
                    {
                        Ref = "main",
                        Username = "deploy",
                        Token = new SecretSource { Env = "CRM_TOKEN" },
                    },
                },
            },
        };

        Assert.Equal(
            [
                ("deadlines.image", "240"),
                ("apps.override.crm", "ref main, username deploy, token { env = \"CRM_TOKEN\" }"),
            ],
            _questions.Unasked(answers)
        );
        Assert.Empty(_questions.Unasked(Named));
    }

    [Theory]
    [InlineData("site.name", "ERP.Example.com", "did you mean erp.example.com?")]
    [InlineData("site.name", "", "is empty")]
    [InlineData("site.http_port", "x", "must be a whole number")]
    [InlineData("site.http_port", "70000", "must be from 1 to 65535, is 70000")]
    [InlineData("site.https_port", "80", "http and https need different ports")]
    [InlineData("site.admin_password", "short", "the secret is shorter than 8 characters")]
    [InlineData("site.admin_password", "env:$NAME", "leave out the $")]
    [InlineData("certificate.mode", "mine", "must be one of self-signed, provided, lets-encrypt")]
    [InlineData("apps.install", "hrms crmm", "did you mean crm?")]
    [InlineData("image.registry", "mine", "Docker Hub")]
    public void A_wrong_answer_is_refused_by_the_same_rules_as_a_wrong_file(string key, string text, string said) =>
        Assert.Contains(said, _questions.Problem(Named, Find(key), text), StringComparison.Ordinal);

    [Fact]
    public void Answers_of_another_mode_are_not_asked_for_and_not_used_but_kept()
    {
        var answers = Set(Set(Named, "certificate.mode", "provided"), "certificate.key", "/etc/ssl/key.pem");
        Assert.NotNull(_questions.Problem(answers, Find("certificate.certificate")));

        var turned = Set(answers, "certificate.mode", "self-signed");

        Assert.False(Find("certificate.key").Applies(turned));
        Assert.Empty(_questions.Problems(turned));
        Assert.Null(_questions.Settled(turned).Certificate.Key);
        Assert.Equal("/etc/ssl/key.pem", turned.Certificate.Key);
    }

    [Fact]
    public void A_cluster_needs_few_answers_and_a_missing_one_is_reported_at_its_question()
    {
        var cluster = Set(Named, "nomad.topology", "cluster");
        Assert.Contains(
            "every node of a cluster pulls the image",
            _questions.Problem(cluster, Find("image.registry")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "needs a place for the database",
            _questions.Problem(cluster, Find("cluster.data_node")),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "all nodes share the sites",
            _questions.Problem(cluster, Find("cluster.sites_nfs")),
            StringComparison.Ordinal
        );

        var answered = Set(
            Set(Set(cluster, "image.registry", "registry.example.com:5000"), "cluster.data_node", "node-b"),
            "cluster.sites_nfs",
            "nfs.example.com:/srv/erpnext"
        );

        Assert.Empty(_questions.Problems(answered));
        Assert.Empty(_questions.Unasked(answered));
        Assert.Equal(QuestionKind.Text, Find("cluster.nodes").Kind);
        Assert.Equal(["node-a", "node-b"], Set(answered, "cluster.nodes", "node-a, node-b").Cluster.Nodes);
    }

    [Fact]
    public void A_cluster_can_use_host_volumes_and_be_turned_back_into_a_single_node()
    {
        var cluster = Set(Set(Named, "nomad.topology", "cluster"), "image.registry", "registry.example.com:5000");
        var volumes = Set(
            Set(Set(cluster, "cluster.database_volume", "erpnext-db"), "cluster.redis_queue_volume", "erpnext-queue"),
            "cluster.sites_volume",
            "erpnext-sites"
        );
        Assert.Empty(_questions.Problems(volumes));
        Assert.False(Find("cluster.data_node").Applies(volumes));
        Assert.False(Find("cluster.sites_nfs").Applies(volumes));

        var single = Set(volumes, "nomad.topology", "single");

        Assert.Empty(_questions.Problems(single));
        Assert.Equal(new ClusterAnswers().DatabaseVolume, _questions.Settled(single).Cluster.DatabaseVolume);
        Assert.Equal("erpnext-db", single.Cluster.DatabaseVolume);
    }

    [Fact]
    public void A_typed_secret_is_accepted_and_not_shown()
    {
        var answers = Set(Named, "site.admin_password", "CorrectHorse7");

        Assert.Empty(_questions.Problems(answers));
        Assert.Equal("as typed", Find("site.admin_password").Shown(answers));
    }

    [Fact]
    public void A_missing_certificate_is_reported_while_its_path_is_typed()
    {
        var answers = Set(
            Set(Set(Named, "certificate.mode", "provided"), "certificate.certificate", "/nowhere/chain.pem"),
            "certificate.key",
            "/nowhere/key.pem"
        );

        var finding = ProvidedCertificateFindings.Findings(answers, DateTimeOffset.UnixEpoch)[0];
        Assert.Contains("there is no file /nowhere/chain.pem", finding.Message, StringComparison.Ordinal);
        Assert.Empty(ProvidedCertificateFindings.Findings(Named, DateTimeOffset.UnixEpoch));
    }

    [Theory]
    [InlineData("site.name", "erp", "erp has no dot")]
    [InlineData(
        "site.https_port",
        "8443",
        "ask for live updates at http://erp.example.com:9000, where nothing answers"
    )]
    public void A_valid_answer_with_a_drawback_gets_a_warning_beside_the_question(string key, string text, string said)
    {
        Assert.Null(Find(key).Advice(Named));
        Assert.Contains(said, Find(key).Advice(Set(Named, key, text)), StringComparison.Ordinal);
        Assert.Null(_questions.Problem(Named, Find(key), text));
    }

    [Theory]
    [InlineData("localhost", "means the user's own computer")]
    [InlineData("websocket", "is the name of a container")]
    public void A_name_that_is_already_in_use_is_refused(string name, string said) =>
        Assert.Contains(said, _questions.Problem(Named, Find("site.name"), name), StringComparison.Ordinal);

    private Question Find(string key) => _questions.Pages.SelectMany(p => p.Questions).Single(q => q.Key == key);

    private AnswerFile Set(AnswerFile answers, string key, string text) => Find(key).Set(answers, text);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

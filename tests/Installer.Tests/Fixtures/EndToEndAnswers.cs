namespace ErpInstaller.Tests.Fixtures;

/// <summary>Answers for an installation with the test's registry and repositories, on a small host.</summary>
internal static class EndToEndAnswers
{
    /// <summary>The text of the answer file.</summary>
    /// <param name="job">Name of the jobs and of the image.</param>
    /// <param name="registry">The registry, <c>HOST:PORT</c>.</param>
    /// <param name="apps">The address of the app repositories.</param>
    /// <param name="ports">Of the frontend, for HTTP and HTTPS.</param>
    /// <param name="ownPassword">Take the administrator's password from the variable E2E_ADMIN.</param>
    public static string Text(
        string job,
        string registry,
        AppRepositories apps,
        (int Http, int Https) ports,
        bool ownPassword = false
    ) =>
            // Checks that this host fails are accepted by name.
            $$"""
            schema = 1
            [host.accept]
            cpu = "test"
            memory = "test"
            disk = "test"
            docker-builder = "test"
            nomad-node = "test"
            nomad-capacity = "test"
            clock = "test"
            [erpnext]
            release = "v15.75.1"
            [apps]
            install = ["helpdesk", "crm"]
            [apps.override.helpdesk]
            url = "{{apps.HttpUrl("frappe/helpdesk")}}"
            ref = "v1.14.0"
            requires = ["telephony"]
            [apps.override.telephony]
            url = "{{apps.HttpUrl("frappe/telephony")}}"
            ref = "develop"
            [apps.override.crm]
            url = "{{apps.HttpUrl("frappe/crm")}}"
            [site]
            name = "erp.example.com"
            http_port = {{ports.Http}}
            https_port = {{ports.Https}}
            {{(ownPassword ? "admin_password = { env = \"E2E_ADMIN\" }" : "")}}
            [image]
            name = "{{job}}"
            registry = "{{registry}}"
            [nomad]
            job = "{{job}}"
            [deadlines]
            verification = 1
            """;
}

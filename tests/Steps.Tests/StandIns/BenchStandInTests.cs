using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.StandIns;

/// <summary>The stand-in bench works and fails like the real one. The tests of the image step rely on that.</summary>
public sealed class BenchStandInTests
{
    private readonly DockerEnvironment _docker = DockerEnvironment.Require();
    private readonly AppRepositories _apps = AppRepositories.Require();

    [Fact]
    public async Task I_can_clone_an_app_by_branch_and_import_it()
    {
        var run = await _docker.BashAsync(
            DockerEnvironment.Runtime,
            $"bench get-app --branch version-15 --skip-assets {_apps.HttpUrl("frappe/hrms")} "
                + "&& env/bin/python -c 'import hrms; print(hrms.__version__)' && git -C apps/hrms branch"
        );

        Assert.Contains("15.52.0\n* version-15", run.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task I_can_clone_an_app_by_tag()
    {
        var run = await _docker.BashAsync(
            DockerEnvironment.Runtime,
            $"bench get-app --branch v1.52.2 --skip-assets {_apps.HttpUrl("frappe/crm")} && cat sites/apps.txt"
        );

        Assert.EndsWith("crm", run.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task I_can_install_an_app_from_a_directory_with_one_commit()
    {
        var url = _apps.HttpUrl("frappe/hrms");
        var run = await _docker.BashAsync(
            DockerEnvironment.Runtime,
            $"""
            set -e
            commit=$(git ls-remote {url} refs/tags/v15.49.4 | cut -f 1)
            git init -q /tmp/hrms && cd /tmp/hrms
            git fetch -q --depth 1 {url} "$commit" && git checkout -q FETCH_HEAD
            cd - && bench get-app --skip-assets /tmp/hrms
            env/bin/python -c 'import hrms; print(hrms.__version__)'
            """
        );

        Assert.EndsWith("15.49.4", run.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_directory_of_an_app_is_named_after_its_package()
    {
        // Frappe's healthcare names a licence file that it does not have. The installer's hook adds it (install.sh).
        var run = await _docker.BashAsync(
            DockerEnvironment.Runtime,
            "hook=/tmp/template/hooks/post-checkout; mkdir -p /tmp/template/hooks; "
                + "printf '#!/bin/sh\ncp license.txt LICENSE.txt\n' >$hook; chmod +x $hook; "
                + "export GIT_TEMPLATE_DIR=/tmp/template; "
                + $"bench get-app --branch version-15 --skip-assets {_apps.HttpUrl("earthians/marley")} && ls apps"
        );

        Assert.EndsWith("erpnext\nfrappe\nhealthcare", run.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_names_a_missing_licence_file_is_refused_as_by_flit()
    {
        var run = await _docker.BashAsync(
            DockerEnvironment.Runtime,
            $"bench get-app --branch version-15 --skip-assets {_apps.HttpUrl("earthians/marley")} 2>&1"
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("License file LICENSE.txt does not exist", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_branch_fails_with_the_message_of_git()
    {
        var run = await _docker.RunAsync(
            DockerEnvironment.Runtime,
            "bench",
            "get-app",
            "--branch",
            "version-15",
            _apps.HttpUrl("frappe/crm")
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "fatal: Remote branch version-15 not found in upstream upstream",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Bench_asks_about_an_existing_app_and_gives_up_without_a_terminal()
    {
        var getApp = $"bench get-app --branch main --skip-assets {_apps.HttpUrl("frappe/telephony")}";

        var run = await _docker.BashAsync(DockerEnvironment.Runtime, $"{getApp} && {getApp}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "Do you want to continue and overwrite it? [y/N]: Aborted!",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_existing_app_can_be_overwritten()
    {
        var getApp = $"bench get-app --overwrite --skip-assets {_apps.HttpUrl("frappe/telephony")}";

        var run = await _docker.BashAsync(
            DockerEnvironment.Runtime,
            $"{getApp} --branch main && {getApp} --branch develop && bench version"
        );

        Assert.Contains("telephony 0.0.2-dev", run.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_for_a_newer_Frappe_is_a_warning_until_dependencies_are_validated()
    {
        var run = await _docker.BashAsync(
            DockerEnvironment.Runtime,
            $"bench get-app --branch main --skip-assets {_apps.HttpUrl("frappe/helpdesk")} && echo taken"
                + " && bench validate-dependencies"
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("taken", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "Please install 'frappe>=15.109.0,<17.0.0' first and retry",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Assets_that_import_the_realtime_port_need_it_in_the_configuration()
    {
        var getApp = $"bench get-app --branch v1.52.2 {_apps.HttpUrl("frappe/crm")}";

        var without = await _docker.BashAsync(DockerEnvironment.Runtime, getApp);
        var with = await _docker.BashAsync(
            DockerEnvironment.Runtime,
            $$"""echo '{"socketio_port": 9000}' >sites/common_site_config.json; """
                + $"{getApp} && ls sites/assets/crm/frontend"
        );

        Assert.Equal(1, without.ExitCode);
        Assert.Contains("\"socketio_port\" is not exported by", without.Output, StringComparison.Ordinal);
        Assert.EndsWith("index.html", with.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_front_end_build_without_memory_exits_with_137()
    {
        var run = await _docker.BashAsync(
            DockerEnvironment.Runtime,
            $"bench get-app --branch out-of-memory {_apps.HttpUrl("frappe/crm")}"
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Command failed with exit code 137", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_repository_cannot_be_cloned_without_a_login()
    {
        var run = await _docker.RunAsync(
            DockerEnvironment.Runtime,
            "bench",
            "get-app",
            _apps.HttpUrl("private/secret_app")
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("could not read Username", run.Output, StringComparison.Ordinal);
    }
}

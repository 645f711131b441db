using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.CommandLine;

/// <summary>Wrong input of the operator, and its one-line error. No file may be left half-written.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Product _product = new();

    [Fact]
    public async Task An_option_that_takes_text_or_json_refuses_other_words() =>
        (await _product.RunAsync("status", "--output", "yaml")).FailedWith(2, "--output takes text or json, not yaml");

    [Fact]
    public async Task A_command_without_an_answer_file_is_refused() =>
        (await _product.RunAsync("install")).FailedWith(2, "No answer file");

    [Fact]
    public async Task A_mistyped_state_directory_is_not_an_installation_that_has_yet_to_begin() =>
        (await _product.RunAsync("status")).FailedWith(2, $"{_product.StateDirectory}: there is no such directory");

    [Fact]
    public async Task A_bundle_that_cannot_be_written_is_refused_before_anything_is_collected()
    {
        var run = await _product.RunAsync("support-bundle", _product.In("gone/support.tar.gz"), "--rehearse");

        run.FailedWith(2, "gone/support.tar.gz: cannot be written");
        Assert.DoesNotContain("versions.txt", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_answer_file_is_reported() =>
        (await _product.RunAsync("validate", _product.In("gone.toml"))).FailedWith(2, "gone.toml");

    [Fact]
    public async Task An_empty_answer_file_is_reported() =>
        (await _product.RunAsync("validate", _product.Write("empty.toml", ""))).FailedWith(2, "empty.toml");

    [Fact]
    public async Task An_answer_file_of_ten_megabytes_is_refused() =>
        (await _product.RunAsync("validate", _product.Write("big.toml", new string('#', 10_000_000)))).FailedWith(
            2,
            "big.toml"
        );

    [Fact]
    public async Task An_answer_file_that_is_not_UTF_8_is_refused()
    {
        await File.WriteAllBytesAsync(_product.In("latin1.toml"), [.. "schema = 1 # caf"u8, 0xe9, (byte)'\n']);

        (await _product.RunAsync("validate", _product.In("latin1.toml"))).FailedWith(2, "UTF-8");
    }

    [Theory]
    [InlineData("release = \"v15.75.1\"", "release = \"v15.75.2\"", "v15.75.1")]
    [InlineData("\"hrms\"", "\"hrmms\"", "did you mean hrms?")]
    [InlineData("\"hrms\"", "\"crm\"", "crm")]
    [InlineData("erp.example.com", "erp_example.com", "site.name")]
    public async Task An_impossible_answer_is_reported(string old, string changed, string said)
    {
        var run = await _product.RunAsync("validate", _product.SampleWith((old, changed)));

        Assert.Equal(2, run.ExitCode);
        Assert.Matches(@"answers\.toml:\d+:\d+: ", run.Errors);
        Assert.Contains(said, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_directory_that_cannot_be_written_is_reported()
    {
        // Root ignores permissions, but no user can create a directory below a file.
        var file = _product.Write("state", "");

        (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).FailedWith(2, file);

        Assert.Equal("", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_missing_secret_is_reported_before_any_step_runs()
    {
        var answers = _product.SampleWith(("#admin_password =", "admin_password ="));
        _product.Environments["ERP_ADMIN_PASSWORD"] = null;
        var absent = await _product.RunAsync("install", "--rehearse", "--answers", answers);
        _product.Environments["ERP_ADMIN_PASSWORD"] = "has a blank";
        var unfit = await _product.RunAsync("install", "--rehearse", "--answers", answers);

        absent.FailedWith(2, "site.admin_password: the environment variable ERP_ADMIN_PASSWORD is not set");
        unfit.FailedWith(
            2,
            "site.admin_password: the value in environment variable ERP_ADMIN_PASSWORD is not made of letters A-Z a-z "
                + "and digits only"
        );
        Assert.DoesNotContain("has a blank", unfit.Output + unfit.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_product.StateDirectory, "apps.lock.toml")));
    }

    [Fact]
    public async Task An_export_without_its_inputs_names_them()
    {
        // No agent listens there. On a host without a network, the first repository fails instead.
        _product.Environments["NOMAD_ADDR"] = "http://127.0.0.1:1";

        var run = await _product.RunAsync("export", "--answers", Product.Sample, _product.In("out"));

        run.FailedWith(4, "error: ");
        Assert.False(Directory.Exists(_product.In("out")));
    }

    [Fact]
    public async Task A_plan_on_a_new_host_lists_everything_that_is_missing()
    {
        _product.Environments["NOMAD_ADDR"] = "http://127.0.0.1:1";

        var run = await _product.RunAsync("plan", "--answers", Product.Sample);

        Assert.Equal(10, run.ExitCode);
        Assert.Contains("install would stop here", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nomad at http://127.0.0.1:1/ does not answer", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_product.StateDirectory));
    }

    [Fact]
    public async Task A_host_is_checked_before_there_are_answers_and_each_failure_is_reported_once()
    {
        _product.Environments["NOMAD_ADDR"] = "http://127.0.0.1:1";

        var run = await _product.RunAsync("check");

        run.FailedWith(3, "nomad");
        Assert.Contains("checked with the defaults", run.Errors, StringComparison.Ordinal);
        Assert.Contains("fail     nomad ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Nomad at http://127.0.0.1:1/", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("plan")]
    [InlineData("install")]
    public async Task Each_command_reports_a_missing_provided_certificate(string command)
    {
        var (chain, key) = (_product.In("site.crt"), _product.In("site.key"));
        var answers = _product.SampleWith(
            ("mode = \"self-signed\"", $"mode = \"provided\"\ncertificate = \"{chain}\"\nkey = \"{key}\"")
        );

        var run = await _product.RunAsync(command, "--rehearse", "--answers", answers);

        run.FailedWith(4, $"certificate.certificate: there is no file {chain}");
        Assert.DoesNotContain("apps:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_state_file_is_reported()
    {
        Directory.CreateDirectory(_product.StateDirectory);
        var state = Path.Combine(_product.StateDirectory, "state.toml");
        await File.WriteAllTextAsync(state, "schema = 1\n[steps.image\nsta");

        (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).FailedWith(2, $"{state}:2:");

        Assert.Equal("schema = 1\n[steps.image\nsta", await File.ReadAllTextAsync(state));
    }

    [Theory]
    [InlineData("apps.lock.toml", "# nothing else\n")]
    [InlineData("simulated-nomad.json", "{ \"Index\": 1")]
    [InlineData("simulated-docker.json", "[]")]
    public async Task Another_truncated_file_of_the_state_directory_is_reported(string name, string text)
    {
        Directory.CreateDirectory(_product.StateDirectory);
        var path = Path.Combine(_product.StateDirectory, name);
        await File.WriteAllTextAsync(path, text);

        (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).FailedWith(2, path);

        Assert.Equal(text, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_state_directory_that_others_can_write_in_is_refused()
    {
        Directory.CreateDirectory(_product.StateDirectory);
        File.SetUnixFileMode(_product.StateDirectory, (UnixFileMode)0b111_111_111);

        (await _product.RunAsync("install", "--rehearse", "--answers", Product.Sample)).FailedWith(
            2,
            "other users can write"
        );

        Assert.Empty(Directory.EnumerateFileSystemEntries(_product.StateDirectory));
    }

    [Fact]
    public async Task Missing_assets_are_reported() =>
        (await _product.RunAsync("validate", Product.Sample, "--assets", _product.In("gone"))).FailedWith(2, "gone");

    [Fact]
    public async Task A_custom_release_file_that_is_not_TOML_is_reported()
    {
        Directory.CreateDirectory(_product.In("assets/releases"));
        _product.Write("assets/releases/v15.75.1.toml", "erpnext = [\n");

        (await _product.RunAsync("validate", Product.Sample, "--assets", _product.In("assets"))).FailedWith(
            2,
            "releases/v15.75.1.toml:2:1: "
        );
    }

    [Fact]
    public async Task An_invalid_address_of_Nomad_is_reported()
    {
        _product.Environments["NOMAD_ADDR"] = "nomad.example.com:4646";

        (await _product.RunAsync("check")).FailedWith(2, "nomad.example.com:4646");
    }

    [Fact]
    public async Task A_token_of_two_lines_is_refused_and_not_repeated()
    {
        _product.Environments["NOMAD_TOKEN"] = "first-half\nother-half";

        var run = await _product.RunAsync("check");

        run.FailedWith(2, "NOMAD_TOKEN");
        Assert.DoesNotContain("half", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_directory_in_use_names_the_process()
    {
        string[] install = ["install", "--rehearse", "--answers", Product.Sample];
        using var first = _product.Start(install);
        await first.UntilAsync("apps: done");

        (await _product.RunAsync(install)).FailedWith(5, $"another run is active there: pid {first.Id} since 20");

        Assert.Equal(0, (await first.EndAsync()).ExitCode);
    }

    public void Dispose() => _product.Dispose();
}

using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

public sealed class ErpNextJobsTests
{
    public static TheoryData<string> Cases => [.. JobCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_jobs_of_a_case_match_their_golden_files(string name)
    {
        var folder = Path.Combine(Folder(), name);
        foreach (var job in JobCases.Build(JobCases.All[name]))
        {
            Matches(Path.Combine(folder, $"{job.Id}.nomad.json"), JobJson.Text(job));
            Matches(Path.Combine(folder, $"{job.Id}.nomad.hcl"), JobHcl.Render(job));
        }
    }

    [Fact]
    public void There_are_twelve_containers_in_three_jobs()
    {
        var jobs = JobCases.Build(JobCases.Default);

        Assert.Equal(["erpnext-data", "erpnext-init", "erpnext"], jobs.Select(j => j.Id));
        Assert.Equal([4, 2, 6], jobs.Select(j => j.Groups.Sum(g => g.Count * g.Tasks.Count)));
    }

    [Fact]
    public void Millicores_become_the_nodes_megahertz()
    {
        var backend = JobCases.Build(JobCases.Default).Application.Groups.Single(g => g.Name == "backend").Tasks[0];

        // Two cores of 2,600 MHz.
        Assert.Equal(5200, backend.Mhz);
    }

    [Fact]
    public void Every_volume_is_a_mount_and_no_text_is_interpolated_by_HCL()
    {
        foreach (var job in JobCases.Build(JobCases.Default))
        {
            var hcl = JobHcl.Render(job);
            Assert.DoesNotContain("volume \"", hcl, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"(?<!\$)\$\{(?!node\.unique\.id|attr\.)", hcl);
        }
    }

    [Fact]
    public void There_is_one_scheduler_at_every_scale() =>
        Assert.Equal(
            1,
            JobCases.Build(JobCases.All["scaled"]).Application.Groups.Single(g => g.Name == "scheduler").Count
        );

    // UPDATE_GOLDEN=1 ./test ErpNextJobs rewrites them; git shows the changes.
    private static void Matches(string path, string text)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    private static string Folder() => Repository.In("tests", "cases", "jobs");
}

using ErpInstaller.Answers;
using ErpInstaller.Core.Assets;
using ErpInstaller.Deployment.Jobs;
using ErpInstaller.Releases;
using ErpInstaller.Tests.Fixtures;

namespace ErpInstaller.Tests.Deployment;

/// <summary>A change of one thing, and the groups that it may touch.</summary>
internal static class IndependenceCases
{
    /// <summary>Change → the jobs after it, and "job/group change" for each group that the change concerns.</summary>
    public static readonly IReadOnlyDictionary<string, (Func<JobSet<Job>> Jobs, string[] Touched)> All = new Dictionary<
        string,
        (Func<JobSet<Job>>, string[])
    >
    {
        ["nothing"] = (() => JobCases.Build(JobCases.Default), []),
        ["MariaDB's image"] = (
            () =>
                JobCases.Build(
                    JobCases.Default,
                    release: Release with
                    {
                        Images = Release.Images with { Mariadb = "mariadb:10.11" },
                    }
                ),
            ["erpnext-data/database replaced"]
        ),
        ["Redis's image"] = (
            () =>
                JobCases.Build(
                    JobCases.Default,
                    release: Release with
                    {
                        Images = Release.Images with { Redis = "redis:7-alpine" },
                    }
                ),
            [
                "erpnext-data/redis-cache replaced",
                "erpnext-data/redis-queue replaced",
                "erpnext-data/redis-socketio replaced",
            ]
        ),
        ["nginx.conf"] = (WithAnotherNginx, ["erpnext/frontend replaced"]),
        ["the ERPNext image"] = (
            () => JobCases.Build(JobCases.Default, image: "erpnext-full:v15.75.1-ffffffffffff"),
            [
                "erpnext-init/site replaced",
                .. ContainerGroups
                    .Of(JobRole.Application)
                    .Where(g => g != ContainerGroups.Frontend)
                    .Select(g => $"erpnext/{g.Group} replaced")
                    .Order(StringComparer.Ordinal),
            ]
        ),
        ["the number of backends"] = (
            () => JobCases.Build(JobCases.Default with { Scale = new ScaleAnswers { Backend = 2 } }),
            ["erpnext/backend placed"]
        ),
        ["the number of quick workers"] = (
            () => JobCases.Build(JobCases.Default with { Scale = new ScaleAnswers { QueueShort = 3 } }),
            ["erpnext/queue-short placed"]
        ),
        ["the resources of a group"] = (
            () =>
                JobCases.Build(
                    JobCases.Default with
                    {
                        Resources = new ResourcesAnswers
                        {
                            Websocket = new ContainerResources { Cpu = 300, Memory = 700 },
                        },
                    }
                ),
            ["erpnext/websocket replaced"]
        ),
        ["the delivery of the certificate"] = (
            () => JobCases.Build(JobCases.All["host-volume"]),
            ["erpnext/frontend replaced"]
        ),
        ["the ports"] = (
            () => JobCases.Build(JobCases.Default with { Site = JobCases.Default.Site with { HttpsPort = 8443 } }),
            ["erpnext-init/site replaced", "erpnext/frontend replaced"]
        ),
    };

    /// <summary>Their names.</summary>
    public static TheoryData<string> Names => [.. All.Keys];

    private static Release Release => new ReleaseCatalog(new AssetSource()).Load("v15.75.1");

    private static JobSet<Job> WithAnotherNginx()
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.In("deployment"));
        foreach (var name in new AssetSource().List("deployment"))
        {
            var text = new AssetSource()
                .Read(name)
                .Replace("client_max_body_size 50m;", "client_max_body_size 60m;", StringComparison.Ordinal);
            File.WriteAllText(folder.In(name), text);
        }

        return JobCases.Build(JobCases.Default, assets: new AssetSource(folder.Path));
    }
}

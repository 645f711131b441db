namespace ErpInstaller.Deployment.Jobs;

/// <summary>A job as people write it. Means the same as <see cref="JobJson"/>.</summary>
public static class JobHcl
{
    /// <summary>The text of a <c>.nomad.hcl</c> file.</summary>
    public static string Render(Job job)
    {
        var hcl = new HclText();
        hcl.Block($"job \"{job.Id}\"", () =>
        {
            hcl.Set("namespace", job.Namespace);
            hcl.Set("type", job.Type);
            hcl.Set("datacenters", [job.Datacenter]);
            hcl.Set("node_pool", job.NodePool);
            hcl.Map("meta", job.Meta);
            Constraints(hcl, job.Constraints);
            foreach (var attribute in job.Spreads)
            {
                hcl.Block("spread", () =>
                {
                    hcl.Set("attribute", attribute);
                    hcl.Set("weight", JobPolicies.SpreadWeight);
                });
            }

            foreach (var group in job.Groups)
            {
                hcl.Block($"group \"{group.Name}\"", () => Group(hcl, job, group));
            }
        });
        return hcl.ToString();
    }

    private static void Constraints(HclText hcl, IReadOnlyList<JobConstraint> constraints)
    {
        foreach (var constraint in constraints)
        {
            hcl.Block("constraint", () =>
            {
                hcl.Set("attribute", constraint.Attribute);
                if (constraint.Operator != JobConstraint.Is)
                {
                    hcl.Set("operator", constraint.Operator);
                }

                hcl.Set("value", constraint.Value);
            });
        }
    }

    private static void Group(HclText hcl, Job job, JobGroup group)
    {
        hcl.Set("count", group.Count);
        hcl.Map("meta", group.Meta);
        Constraints(hcl, group.Constraints);
        foreach (var volume in group.Volumes)
        {
            hcl.Block($"volume \"{volume.Name}\"", () =>
            {
                hcl.Set("type", "host");
                hcl.Set("source", volume.Source);
                hcl.Set("read_only", volume.ReadOnly);
            });
        }

        hcl.Block("restart", () =>
        {
            hcl.Set("attempts", group.Restarts ? JobPolicies.RestartAttempts : 0);
            hcl.Set("interval", Seconds(JobPolicies.RestartInterval));
            hcl.Set("delay", Seconds(JobPolicies.RestartDelay));
            hcl.Set("mode", group.Restarts ? "delay" : "fail");
        });
        hcl.Block("reschedule", () => Reschedule(hcl, group));
        if (job.Type == "service")
        {
            Update(hcl, group);
        }

        Network(hcl, group);
        foreach (var service in group.Services)
        {
            hcl.Block("service", () =>
            {
                hcl.Set("name", service.Name);
                hcl.Set("port", service.Port);
                hcl.Set("provider", "nomad");
                if (service.AddressMode is not null)
                {
                    hcl.Set("address_mode", service.AddressMode);
                }

                hcl.Set("tags", service.Tags);
            });
        }

        foreach (var task in group.Tasks)
        {
            hcl.Block($"task \"{task.Name}\"", () => Task(hcl, task));
        }
    }

    private static void Update(HclText hcl, JobGroup group) => hcl.Block("update", () =>
        {
            hcl.Set("max_parallel", JobPolicies.MaxParallel);
            hcl.Set("health_check", "task_states");
            hcl.Set("min_healthy_time", Seconds(JobPolicies.MinHealthyTime));
            hcl.Set("healthy_deadline", Seconds(JobPolicies.HealthyDeadline));
            hcl.Set("progress_deadline", Seconds(JobPolicies.ProgressDeadline));
            if (group.Canaries > 0)
            {
                hcl.Set("canary", group.Canaries);
                hcl.Set("auto_promote", true);
            }
        });

    private static void Network(HclText hcl, JobGroup group)
    {
        if (group.Ports.Count == 0)
        {
            return;
        }

        hcl.Block("network", () =>
        {
            foreach (var port in group.Ports)
            {
                hcl.Block($"port \"{port.Label}\"", () =>
                {
                    if (port.Static is { } value)
                    {
                        hcl.Set("static", value);
                    }

                    hcl.Set("to", port.To);
                });
            }
        });
    }

    private static void Task(HclText hcl, JobTask task)
    {
        hcl.Set("driver", "docker");
        if (task.Prestart)
        {
            hcl.Block("lifecycle", () =>
            {
                hcl.Set("hook", "prestart");
                hcl.Set("sidecar", false);
            });
        }

        hcl.Block("config", () => Config(hcl, task));
        hcl.Map("env", task.Env);
        foreach (var mount in task.VolumeMounts)
        {
            hcl.Block("volume_mount", () =>
            {
                hcl.Set("volume", mount.Volume);
                hcl.Set("destination", mount.Destination);
                hcl.Set("read_only", mount.ReadOnly);
            });
        }

        foreach (var template in task.Templates)
        {
            hcl.Block("template", () => Template(hcl, template));
        }

        hcl.Block("resources", () =>
        {
            hcl.Set("cpu", task.Mhz);
            hcl.Set("memory", task.Memory);
        });
        hcl.Set("kill_timeout", Seconds(JobPolicies.KillTimeout));
        if (task.ShutdownDelay > TimeSpan.Zero)
        {
            hcl.Set("shutdown_delay", Seconds(task.ShutdownDelay));
        }

        hcl.Block("logs", () =>
        {
            hcl.Set("max_files", JobPolicies.LogFiles);
            hcl.Set("max_file_size", JobPolicies.LogFileMegabytes);
        });
    }

    private static void Reschedule(HclText hcl, JobGroup group)
    {
        if (!group.Restarts)
        {
            hcl.Set("attempts", 0);
            hcl.Set("unlimited", false);
            return;
        }

        hcl.Set("unlimited", true);
        hcl.Set("delay", Seconds(JobPolicies.RescheduleDelay));
        hcl.Set("delay_function", "exponential");
        hcl.Set("max_delay", Seconds(JobPolicies.RescheduleMaxDelay));
    }

    private static void Config(HclText hcl, JobTask task)
    {
        hcl.Set("image", task.Image);
        if (task.Command is not null)
        {
            hcl.Set("command", task.Command);
        }

        hcl.Set("args", task.Args);
        hcl.Set("init", true);
        hcl.Set("image_pull_timeout", JobPolicies.ImagePullTimeout);
        if (task.Network is not null)
        {
            hcl.Set("network_mode", task.Network);
        }

        hcl.Set("network_aliases", task.Aliases);
        hcl.Set("ports", task.Ports);
        hcl.Set("extra_hosts", task.ExtraHosts);
        hcl.Set("dns_options", task.DnsOptions);
        foreach (var mount in task.Mounts)
        {
            hcl.Block("mount", () => Mount(hcl, mount));
        }
    }

    private static void Mount(HclText hcl, JobMount mount)
    {
        hcl.Set("type", mount.Volume is null ? "tmpfs" : "volume");
        if (mount.Volume is { } volume)
        {
            hcl.Set("source", volume);
        }

        hcl.Set("target", mount.Target);
        if (mount.Volume is not null)
        {
            hcl.Block("volume_options", () => VolumeOptions(hcl, mount));
        }
    }

    private static void VolumeOptions(HclText hcl, JobMount mount)
    {
        hcl.Map("labels", JobPolicies.Labels);
        if (mount.DriverOptions.Count > 0)
        {
            hcl.Set("no_copy", true);
            hcl.Block("driver_config", () =>
            {
                hcl.Set("name", "local");
                hcl.Map("options", mount.DriverOptions);
            });
        }
    }

    private static void Template(HclText hcl, JobTemplate template)
    {
        hcl.Heredoc("data", template.Text);
        hcl.Set("destination", template.Destination);
        hcl.Set("perms", template.Mode);
        hcl.Set("uid", template.Owner);
        hcl.Set("gid", template.Owner);
        hcl.Set(
            "change_mode",
            template.OnChange switch
            {
                TemplateChange.Reload => "signal",
                TemplateChange.Restart => "restart",
                _ => "noop",
            }
        );
        if (template.OnChange == TemplateChange.Reload)
        {
            hcl.Set("change_signal", "SIGHUP");
        }

        if (template.IsEnvironment)
        {
            hcl.Set("env", true);
        }
    }

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0}s");
}

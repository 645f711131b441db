namespace ErpInstaller.Deployment.Jobs;

/// <summary>Writes Nomad's attributes of a job. Each attribute is named once, for both encoders.</summary>
/// <param name="to">The encoder: HCL or JSON.</param>
internal sealed class JobAttributes(JobWriter to)
{
    /// <summary>Writes everything except the job's name.</summary>
    public void Write(Job job)
    {
        to.Set("namespace", "Namespace", job.Namespace);
        to.Set("type", "Type", job.IsBatch ? "batch" : "service");
        to.List("datacenters", "Datacenters", [job.Datacenter]);
        to.Set("node_pool", "NodePool", job.NodePool);
        to.Map("meta", "Meta", job.Meta);
        Constraints(job.Constraints);
        to.Blocks("spread", "Spreads", job.Spreads, attribute =>
        {
            to.Set("attribute", "Attribute", attribute);
            to.Set("weight", "Weight", JobPolicies.SpreadWeight);
        });
        if (job.Period is { } period)
        {
            to.Block("periodic", "Periodic", () => Periodic(period));
        }

        to.Labelled("group", "TaskGroups", "Name", job.Groups, g => g.Name, group => Group(job, group));
    }

    // Nomad 1.6.2 and newer also know a list (crons). Every version knows the single one.
    private void Periodic(JobPeriod period)
    {
        to.Set("cron", "Spec", period.Cron);
        to.Set("time_zone", "TimeZone", period.TimeZone);
        to.Set("prohibit_overlap", "ProhibitOverlap", true);
        to.Set("enabled", "Enabled", true);
    }

    private void Constraints(IReadOnlyList<JobConstraint> constraints) =>
        to.Blocks("constraint", "Constraints", constraints, constraint =>
        {
            to.Set("attribute", "LTarget", constraint.Attribute);
            to.SetUnlessDefault("operator", "Operand", constraint.Operator, JobConstraint.Is);
            to.Set("value", "RTarget", constraint.Value);
        });

    private void Group(Job job, JobGroup group)
    {
        to.Set("count", "Count", group.Count);
        to.Map("meta", "Meta", group.Meta);
        Constraints(group.Constraints);
        to.ByName(
            "volume",
            "Volumes",
            group.Volumes,
            v => v.Name,
            volume =>
            {
                to.Set("type", "Type", "host");
                to.Set("source", "Source", volume.Source);
                to.Set("read_only", "ReadOnly", volume.ReadOnly);
            }
        );
        to.Block("restart", "RestartPolicy", () =>
        {
            to.Set("attempts", "Attempts", group.Restarts ? JobPolicies.RestartAttempts : 0);
            to.Duration("interval", "Interval", JobPolicies.RestartInterval);
            to.Duration("delay", "Delay", JobPolicies.RestartDelay);
            to.Set("mode", "Mode", group.Restarts ? "delay" : "fail");
        });
        to.Block("reschedule", "ReschedulePolicy", () => Reschedule(group));
        if (!job.IsBatch)
        {
            to.Block("update", "Update", () => Update(group));
        }

        Network(group.Ports);
        to.Blocks("service", "Services", group.Services, Service);
        to.Labelled("task", "Tasks", "Name", group.Tasks, t => t.Name, Task);
    }

    private void Reschedule(JobGroup group)
    {
        if (!group.Restarts)
        {
            to.Set("attempts", "Attempts", 0);
            to.Set("unlimited", "Unlimited", false);
            return;
        }

        to.Set("unlimited", "Unlimited", true);
        to.Duration("delay", "Delay", JobPolicies.RescheduleDelay);
        to.Set("delay_function", "DelayFunction", "exponential");
        to.Duration("max_delay", "MaxDelay", JobPolicies.RescheduleMaxDelay);
    }

    private void Update(JobGroup group)
    {
        to.Set("max_parallel", "MaxParallel", JobPolicies.MaxParallel);
        to.Set("health_check", "HealthCheck", "task_states");
        to.Duration("min_healthy_time", "MinHealthyTime", JobPolicies.MinHealthyTime);
        to.Duration("healthy_deadline", "HealthyDeadline", JobPolicies.HealthyDeadline);
        to.Duration("progress_deadline", "ProgressDeadline", JobPolicies.ProgressDeadline);
        if (group.Canaries > 0)
        {
            to.Set("canary", "Canary", group.Canaries);
            to.Set("auto_promote", "AutoPromote", true);
        }
    }

    // HCL has one kind of port. The API separates ports with a fixed number from those that Nomad chooses.
    private void Network(IReadOnlyList<JobPort> ports)
    {
        IReadOnlyList<JobPort>[] networks = ports.Count > 0 ? [ports] : [];
        to.Blocks("network", "Networks", networks, network =>
        {
            Ports("ReservedPorts", network.Where(p => p.Static is not null));
            Ports("DynamicPorts", network.Where(p => p.Static is null));
        });
    }

    private void Ports(string json, IEnumerable<JobPort> ports) =>
        to.Labelled(
            "port",
            json,
            "Label",
            ports,
            p => p.Label,
            port =>
            {
                if (port.Static is { } value)
                {
                    to.Set("static", "Value", value);
                }

                to.Set("to", "To", port.To);
            }
        );

    private void Service(JobService service)
    {
        to.Set("name", "Name", service.Name);
        to.Set("port", "PortLabel", service.Port);
        to.Set("provider", "Provider", "nomad");
        if (service.AddressMode is { } mode)
        {
            to.Set("address_mode", "AddressMode", mode);
        }

        to.List("tags", "Tags", service.Tags, evenEmpty: true);
    }

    private void Task(JobTask task)
    {
        to.Set("driver", "Driver", "docker");
        if (task.User is { } user)
        {
            to.Set("user", "User", user);
        }

        if (task.Prestart)
        {
            to.Block("lifecycle", "Lifecycle", () =>
            {
                to.Set("hook", "Hook", "prestart");
                to.Set("sidecar", "Sidecar", false);
            });
        }

        to.Block("config", "Config", () => Config(task));
        to.Map("env", "Env", task.Env, evenEmpty: true);
        to.Blocks("volume_mount", "VolumeMounts", task.VolumeMounts, mount =>
        {
            to.Set("volume", "Volume", mount.Volume);
            to.Set("destination", "Destination", mount.Destination);
            to.Set("read_only", "ReadOnly", mount.ReadOnly);
        });
        to.Blocks("template", "Templates", task.Templates, Template, evenEmpty: true);
        to.Block("resources", "Resources", () =>
        {
            to.Set("cpu", "CPU", task.Mhz);
            to.Set("memory", "MemoryMB", task.Memory);
        });
        to.Duration("kill_timeout", "KillTimeout", JobPolicies.KillTimeout);
        if (task.ShutdownDelay > TimeSpan.Zero)
        {
            to.Duration("shutdown_delay", "ShutdownDelay", task.ShutdownDelay);
        }

        to.Block("logs", "LogConfig", () =>
        {
            to.Set("max_files", "MaxFiles", JobPolicies.LogFiles);
            to.Set("max_file_size", "MaxFileSizeMB", JobPolicies.LogFileMegabytes);
        });
    }

    private void Template(JobTemplate template)
    {
        to.Text("data", "EmbeddedTmpl", template.Text);
        to.Set("destination", "DestPath", template.Destination);
        to.Set("perms", "Perms", template.Mode);
        to.Set("uid", "Uid", template.Owner);
        to.Set("gid", "Gid", template.Owner);
        to.Set(
            "change_mode",
            "ChangeMode",
            template.OnChange switch
            {
                TemplateChange.Reload => "signal",
                TemplateChange.Restart => "restart",
                _ => "noop",
            }
        );
        if (template.OnChange == TemplateChange.Reload)
        {
            to.Set("change_signal", "ChangeSignal", "SIGHUP");
        }

        if (template.IsEnvironment)
        {
            to.Set("env", "Envvars", true);
        }
    }

    // The configuration of the Docker driver has the same names in HCL and JSON.
    private void Config(JobTask task)
    {
        Driver("image", task.Image);
        Driver("command", task.Command);
        Driver("args", task.Args);
        to.Set("init", "init", true);
        Driver("image_pull_timeout", JobPolicies.ImagePullTimeout);
        Driver("network_mode", task.Network);
        Driver("network_aliases", task.Aliases);
        Driver("ports", task.Ports);
        Driver("extra_hosts", task.ExtraHosts);
        Driver("dns_options", task.DnsOptions);
        to.Blocks("mount", "mount", task.Mounts, Mount);
    }

    private void Mount(JobMount mount)
    {
        Driver(
            "type",
            mount.Volume is null ? "tmpfs"
                : mount.IsDirectory ? "bind"
                : "volume"
        );
        Driver("source", mount.Volume);
        Driver("target", mount.Target);
        if (mount.IsReadOnly)
        {
            to.Set("readonly", "readonly", true);
        }

        if (mount is { Volume: not null, IsDirectory: false })
        {
            to.DriverBlock("volume_options", () => VolumeOptions(mount));
        }
    }

    // A volume on another machine is not filled from the image: the server may refuse that, and other nodes already use
    // the volume.
    private void VolumeOptions(JobMount mount)
    {
        to.DriverMap("labels", JobPolicies.Labels);
        if (mount.DriverOptions.Count > 0)
        {
            to.Set("no_copy", "no_copy", true);
            to.DriverBlock("driver_config", () =>
            {
                Driver("name", "local");
                to.DriverMap("options", mount.DriverOptions);
            });
        }
    }

    private void Driver(string name, string? value)
    {
        if (value is not null)
        {
            to.Set(name, name, value);
        }
    }

    private void Driver(string name, IReadOnlyList<string> values) => to.List(name, name, values);
}

using ErpInstaller.CommandLine;

return await CommandLine.RunAsync(args);

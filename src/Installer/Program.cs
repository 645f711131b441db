using ErpInstaller.Commands;

return await CommandLine.RunAsync(args);

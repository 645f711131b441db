using ErpInstaller.Terminal;
using ErpInstaller.TerminalDemo;

// Arrows and Tab choose, letters go into the field, F2 throws, F3 shows a log with as many lines as the first argument,
// F10 leaves.
using var terminal = TerminalApplication.Open(TerminalCapabilities.FromEnvironment());
using var view = new DemoView(
    args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 1000
);
terminal.Run(view);
return terminal.Signal is { } signal ? 128 + Math.Abs((int)signal) : 0;

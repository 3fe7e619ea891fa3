using System.CommandLine;
using Scrip;

var root = new RootCommand("Scrip keeps an online shop's payment certificates. Without a command it serves its API.")
{
    ServeCommand.Create(),
    TokenCommands.Create(),
    SiteCommands.Create(),
    VerifyCommand.Create(),
    MigrateCommand.Create(),
};
root.SetAction((_, cancellation) => ServeCommand.RunAsync(storage: null, urls: null, cancellation));
return await CommandLine.RunAsync(root, args);

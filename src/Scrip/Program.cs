using System.CommandLine;
using Scrip;
using Scrip.Importing;
using Scrip.Issuing;
using Scrip.Paying;
using Scrip.Remote;
using Scrip.Reporting;

var root = new RootCommand("Scrip keeps an online shop's payment certificates. Without a command it serves its API.")
{
    ServeCommand.Create(),
    CertificateCommands.Create(),
    ImportCommand.Create(),
    PaymentCommands.Check(),
    PaymentCommands.Redeem(),
    PaymentCommands.Hold(),
    PaymentCommands.Capture(),
    PaymentCommands.Release(),
    PaymentCommands.Refund(),
    ReportCommands.Redemptions(),
    ReportCommands.Entries(),
    LiabilityCommand.Create(),
    TokenCommands.Create(),
    SiteCommands.Create(),
    VerifyCommand.Create(),
    MigrateCommand.Create(),
};
Examples.ShowIn(root);
root.SetAction((_, cancellation) => ServeCommand.RunAsync(storage: null, urls: null, cancellation));
return await CommandLine.RunAsync(root, args);

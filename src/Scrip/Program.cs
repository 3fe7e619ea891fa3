using System.CommandLine;
using Scrip;

var storage = new Option<string?>("--storage") { Description = "Where the data lies: \"Data Source=<path of a file>\"." };
var urls = new Option<string?>("--urls") { Description = "Where to listen, separated by semicolons." };

var serve = new Command("serve", "Serve the API (what scrip does without a command).") { storage, urls };
serve.SetAction((parsed, cancellation) => Serve.RunAsync(parsed.GetValue(storage), parsed.GetValue(urls), cancellation));

var root = new RootCommand("Scrip keeps an online shop's payment certificates.") { serve };
root.SetAction((_, cancellation) => Serve.RunAsync(storage: null, urls: null, cancellation));
return await root.Parse(args).InvokeAsync();

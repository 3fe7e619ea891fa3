using System.CommandLine;
using System.Globalization;
using Scrip.Client;
using Scrip.Remote;

namespace Scrip;

/// <summary><c>scrip site create|list</c>.</summary>
internal static class SiteCommands
{
    public static Command Create() =>
        new("site", "Open and list sites: shops with certificates and tokens of their own.") { CreateOne(), List() };

    private static Command CreateOne()
    {
        var name = new Argument<string>("name") { Description = "Lower-case letters, digits and inner hyphens." };
        var currency = new Option<string>("--currency") { Description = "The currency, by ISO 4217.", HelpName = "code", Required = true };
        var timeZone = new Option<string>("--time-zone")
        {
            Description = "The site's time zone, in which its days end, such as Europe/Chisinau.",
            HelpName = "IANA name",
            Required = true,
        };
        return new Command("create", "Open a site and print its id.") { name, currency, timeZone }
            .CarriedOutByServer(async (parsed, client, cancellation) =>
            {
                var request = new SiteRequest(
                    parsed.GetRequiredValue(name), parsed.GetRequiredValue(currency), parsed.GetRequiredValue(timeZone));
                Console.WriteLine((await client.Sites.CreateAsync(request, cancellation)).Id);
            })
            .WithExamples("scrip site create second --currency MDL --time-zone Europe/Chisinau");
    }

    private static Command List() => new Command("list", "List the sites.")
        .CarriedOutByServer(async (_, client, cancellation) =>
            Listing.Print(
                ["id", "name", "currency", "time zone", "created"],
                (await client.Sites.ListAsync(cancellation)).Select(site => new[]
                {
                    site.Id.ToString(CultureInfo.InvariantCulture), site.Name, site.Currency, site.TimeZone, Listing.Time(site.CreatedAt),
                })))
        .WithExamples("scrip site list");
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Scrip.Client;
using Scrip.Remote;
using Scrip.Server.Http;

namespace Scrip;

/// <summary><c>scrip token create|list|rotate|revoke</c>.</summary>
internal static class TokenCommands
{
    public static Command Create() =>
        new("token", "Create, list, rotate and revoke API tokens.") { CreateOne(), List(), Rotate(), Revoke() };

    private static Command CreateOne()
    {
        var site = new Option<string>("--site")
        {
            Description = "The site it belongs to.",
            HelpName = "name",
            DefaultValueFactory = _ => "default",
        };
        var name = new Option<string>("--name") { Description = "Who will use it, such as ERP.", HelpName = "text", Required = true };
        var scopes = new Option<string>("--scopes")
        {
            Description = "The token's scopes, separated by commas: certificates:read, certificates:write, "
                + "redemptions:write, reports:read, admin.",
            HelpName = "scopes",
            Required = true,
        };
        var expiresAt = new Option<DateTimeOffset?>("--expires-at")
        {
            Description = "When the token expires, such as 2027-01-01T00:00:00Z. By default never.",
            HelpName = "time",
            CustomParser = ParseTime,
        };
        var create = new Command("create", "Create a token and print it, alone and only this once, on standard output.")
        {
            site, name, scopes, expiresAt,
        };
        return create
            .CarriedOutByServer(async (parsed, client, cancellation) =>
            {
                const StringSplitOptions strict = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
                var names = parsed.GetRequiredValue(scopes).Split(',', strict);
                var request = new ApiTokenRequest(
                    parsed.GetRequiredValue(site), parsed.GetRequiredValue(name), names, parsed.GetValue(expiresAt));
                Console.WriteLine((await client.ApiTokens.CreateAsync(request, cancellation)).Token);
            })
            .WithExamples("scrip token create --name ERP --scopes certificates:read,certificates:write > token");
    }

    private static Command List()
    {
        var site = OfSite();
        return new Command("list", "List a site's tokens, revoked and expired ones included.") { site }
            .CarriedOutByServer(async (parsed, client, cancellation) =>
            {
                var tokens = await client.ApiTokens.ListAsync(parsed.GetValue(site), cancellation);
                Listing.Print(
                    ["id", "name", "scopes", "created", "expires", "revoked"],
                    tokens.Select(token => new[]
                    {
                        token.Id.ToString(CultureInfo.InvariantCulture), token.Name, string.Join(',', token.Scopes),
                        Listing.Time(token.CreatedAt), Listing.Time(token.ExpiresAt), Listing.Time(token.RevokedAt),
                    }));
            })
            .WithExamples("scrip token list --site second");
    }

    private static Command Rotate()
    {
        var id = OfToken();
        var site = OfSite();
        var overlap = new Option<long?>("--overlap-seconds")
        {
            Description = "How long the old secret keeps working beside the new one, up to 604800. By default one day.",
            HelpName = "seconds",
        };
        return new Command("rotate", "Give a token a new secret and print it, alone and only this once, on standard output.")
        {
            id,
            site,
            overlap,
        }
            .CarriedOutByServer(async (parsed, client, cancellation) =>
            {
                var seconds = parsed.GetValue(overlap);
                var rotated = await client.ApiTokens.RotateAsync(
                    parsed.GetValue(id), parsed.GetValue(site), seconds is { } given ? TimeSpan.FromSeconds(given) : null, cancellation);
                Console.WriteLine(rotated.Token);
            })
            .WithExamples("scrip token rotate 3 --overlap-seconds 3600 > token");
    }

    private static Command Revoke()
    {
        var id = OfToken();
        var site = OfSite();
        return new Command("revoke", "Revoke a token at once.") { id, site }
            .CarriedOutByServer((parsed, client, cancellation) =>
                client.ApiTokens.RevokeAsync(parsed.GetValue(id), parsed.GetValue(site), cancellation))
            .WithExamples("scrip token revoke 3");
    }

    private static Argument<long> OfToken() => new("id") { Description = "The token's number in the list.", CustomParser = ParseId };

    private static Option<string?> OfSite() =>
        new("--site") { Description = "The site. By default that of the token in use: the site default.", HelpName = "name" };

    private static DateTimeOffset? ParseTime(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (InstantText.TryParseRfc3339(text, out var instant))
            return instant;
        argument.AddError($"--expires-at must be a time like 2027-01-01T00:00:00Z, not {text}.");
        return null;
    }

    private static long ParseId(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            argument.AddError($"The id of a token is a number, not {text}.");
        return id;
    }
}

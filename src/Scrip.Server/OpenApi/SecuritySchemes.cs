using Microsoft.OpenApi;

namespace Scrip.Server.OpenApi;

/// <summary>The two ways to send a token.</summary>
internal static class SecuritySchemes
{
    public const string ApiToken = "ApiToken";
    public const string Bearer = "Bearer";

    public static Dictionary<string, IOpenApiSecurityScheme> All() => new()
    {
        [ApiToken] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "API-Token",
            Description = "A token of the site. On a server in Development with no token made yet, callers on the same machine need none.",
        },
        [Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "scrip_<site>_<characters>",
            Description = "The same token as Authorization: Bearer. The header API-Token comes first where both are sent.",
        },
    };
}

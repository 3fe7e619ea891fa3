using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Scrip.Server.OpenApi;

/// <summary>The description of the API in the bytes that go out: the same for every caller, and so made once.</summary>
internal sealed class DescriptionDocument(IServiceProvider services)
{
    private readonly Lazy<Task<Text>> text = new(() => MakeAsync(services));

    public Task<Text> ReadAsync() => text.Value;

    private static async Task<Text> MakeAsync(IServiceProvider services)
    {
        var provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiSetup.DocumentName);
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSetup.Version, CancellationToken.None);
        var utf8 = json.ToArray();
        return new Text(utf8, $"\"{Convert.ToHexStringLower(SHA256.HashData(utf8).AsSpan(0, 16))}\"");
    }

    /// <param name="Tag">The entity tag, with its quotes: it changes only when the description does.</param>
    internal sealed record Text(ReadOnlyMemory<byte> Utf8, string Tag);
}

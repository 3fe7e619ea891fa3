using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Scrip.Client;

/// <summary>Imports of files. See <see cref="ScripClient"/> for what the calls throw.</summary>
public sealed class ImportsClient
{
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Path = "external/payment-certificate/import/";
    private const string Replayed = "Idempotent-Replayed";

    private readonly HttpClient http;

    internal ImportsClient(HttpClient http) => this.http = http;

    /// <summary>Imports a file: the whole file or nothing, except for the rows that the call leaves out.</summary>
    /// <param name="file">At most 100,000 rows and 32 MiB, unless the operator has set other limits.</param>
    /// <param name="mediaType"><see cref="Csv"/> or <see cref="Xlsx"/>.</param>
    /// <param name="idempotencyKey">1 to 255 ASCII characters, new for each file and the same for its retries; null for a dry run.</param>
    /// <exception cref="ImportRefusedException">The file or some of its rows are refused.</exception>
    /// <exception cref="ScripProblemException">413: the file is too large.</exception>
    public async Task<ImportAnswer> SendAsync(
        ReadOnlyMemory<byte> file, string mediaType, ImportCall call, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path + call) { Content = content };
        if (idempotencyKey is not null)
            request.Headers.Add(WireRequest.IdempotencyKey, idempotencyKey);
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            var report = await response.ReadAsync(ScripJson.Wire.ImportReport, cancellationToken);
            return new(report, response.Headers.Contains(Replayed));
        }
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.StatusCode == HttpStatusCode.BadRequest && FindRefusal(body) is { } refusal)
            throw refusal;
        throw response.ToException(body);
    }

    /// <summary>Returns null for a refusal that is not about the file, such as that of an option.</summary>
    private static ImportRefusedException? FindRefusal(byte[] body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, ScripJson.Wire.ImportReport) is not { } report)
                return null;
            // The errors have rows and columns in place of pointers.
            using var problem = JsonDocument.Parse(body);
            return new(new Problem(Text("type"), Text("title"), (int)HttpStatusCode.BadRequest, Text("detail")), report);

            string Text(string name) => problem.RootElement.GetProperty(name).GetString() ?? "";
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException)
        {
            return null;
        }
    }
}

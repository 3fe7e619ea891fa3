using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Scrip.Client;

namespace Scrip.Server.Http;

/// <summary>A short response that is written in one piece and must not be stored. Certificates have their own results.</summary>
internal sealed class JsonResult(ReadOnlyMemory<byte> utf8, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>The wire types, with times like those of certificates: in UTC, with Z.</summary>
    public static ScripJson Wire { get; } = new(new JsonSerializerOptions(ScripJson.Wire.Options) { Converters = { new TimeInUtc() } });

    public static JsonResult Of<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type), status);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = utf8.Length;
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(utf8, httpContext.RequestAborted).AsTask();
    }

    private sealed class TimeInUtc : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }
}

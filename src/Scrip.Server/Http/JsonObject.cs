using System.Buffers;
using System.Text.Json;

namespace Scrip.Server.Http;

/// <summary>A response with a single resource.</summary>
internal static class JsonObject
{
    public static JsonResult Answer(Action<Utf8JsonWriter> write, int status)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, JsonForm.Options))
            write(json);
        return new JsonResult(body.WrittenMemory, status);
    }
}

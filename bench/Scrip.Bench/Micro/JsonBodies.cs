using System.Buffers;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Scrip.Bench.Certificates;
using Scrip.Ledger;
using Scrip.Server.Certificates;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Bench.Micro;

/// <summary>JSON alone: the body of a bulk-update in, the rows of a list out.</summary>
public class JsonBodies
{
    private const int Items = 1_000;
    private const long MinorUnits = 100;

    private readonly Currency currency = Currency.FromStored("USD");
    private readonly ArrayBufferWriter<byte> output = new(Items * 128);
    private readonly byte[][] codes = [.. Enumerable.Range(1, Items).Select(id => Encoding.ASCII.GetBytes(CertificateCodes.Get(id)))];
    private readonly byte[] body = Encoding.ASCII.GetBytes(
        "[" + string.Join(',', Enumerable.Range(1, Items).Select(id =>
            $$"""{"id":{{id}},"code":"{{CertificateCodes.Get(id)}}","value":{{FaceValues.Of(id)}}}""")) + "]");

    [Benchmark(Description = "read a bulk body of 1,000, each", OperationsPerInvoke = Items)]
    public int ReadMany()
    {
        var errors = new RequestErrors();
        var items = CertificateBody.ReadMany(body, IdMember.Required, codeRequired: true, Items, "UTC", errors, item => item);
        return errors.Any ? throw new InvalidOperationException("The body is valid.") : items.Count;
    }

    [Benchmark(Description = "write 1,000 rows of a list, each", OperationsPerInvoke = Items)]
    public int WriteMany()
    {
        output.ResetWrittenCount();
        using var json = new Utf8JsonWriter(output, JsonForm.Options);
        json.WriteStartArray();
        for (var at = 0; at < codes.Length; at++)
            CertificateJson.Attributes.Write(json, RowOf(at + 1, codes[at]), currency);
        json.WriteEndArray();
        json.Flush();
        return output.WrittenCount;
    }

    private static CertificateRow RowOf(int id, byte[] code) => new()
    {
        Id = id,
        Code = code,
        IsActive = true,
        FaceValue = FaceValues.Of(id) * MinorUnits,
        Spent = 0,
        Held = 0,
        Version = 1,
        CreatedAt = Specimens.Now,
        UpdatedAt = Specimens.Now,
    };
}

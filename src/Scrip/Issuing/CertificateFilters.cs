using System.CommandLine;
using Scrip.Client;
using Scrip.Remote;

namespace Scrip.Issuing;

/// <summary>The filters and the order of a list of certificates, as options.</summary>
internal sealed class CertificateFilters
{
    private readonly Option<string?> code = Arguments.Text("--code", "code", "The one with exactly this code.");
    private readonly Option<string?> search = Arguments.Text("--search", "text", "Those with this in the code; look-alikes too.");
    private readonly Option<string?> active = Arguments.YesOrNo("--active", "Those that are switched on, or off.");
    private readonly Option<long?> valueMin = Arguments.Number("--value-min", "units", "Those of at least this face value.");
    private readonly Option<long?> valueMax = Arguments.Number("--value-max", "units", "Those of at most this face value.");
    private readonly Option<DateTimeOffset?> createdAfter = Arguments.Time("--created-after", "Those created later than this.");
    private readonly Option<DateTimeOffset?> createdBefore = Arguments.Time("--created-before", "Those created earlier than this.");
    private readonly Option<DateTimeOffset?> updatedAfter = Arguments.Time("--updated-after", "Those changed later than this.");
    private readonly Option<long?> batch = Arguments.Number("--batch-id", "id", "Those of this batch.");

    private readonly Option<string?> ordering = Arguments.Text(
        "--ordering", "attribute", "The order: id, code, value, created_at or updated_at, with - in front for descending.");

    public void AddTo(Command command)
    {
        Option[] all = [code, search, active, valueMin, valueMax, createdAfter, createdBefore, updatedAfter, batch, ordering];
        foreach (var option in all)
            command.Add(option);
    }

    public CertificateQuery Read(ParseResult parsed) => new()
    {
        Code = parsed.GetValue(code),
        Search = parsed.GetValue(search),
        IsActive = Arguments.IsYes(parsed.GetValue(active)),
        ValueMin = parsed.GetValue(valueMin),
        ValueMax = parsed.GetValue(valueMax),
        CreatedAfter = parsed.GetValue(createdAfter),
        CreatedBefore = parsed.GetValue(createdBefore),
        UpdatedAfter = parsed.GetValue(updatedAfter),
        BatchId = parsed.GetValue(batch),
        Ordering = parsed.GetValue(ordering),
    };
}

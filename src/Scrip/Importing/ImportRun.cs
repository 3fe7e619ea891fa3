using Scrip.Client;
using Scrip.Files.Parts;
using ServerFinding = Scrip.Client.ImportFinding;

namespace Scrip.Importing;

/// <summary>Sends the parts of a file, one after another.</summary>
/// <param name="keys">Null for a dry run, which stores nothing that a repetition could store again.</param>
internal sealed class ImportRun(ScripClient client, PatientCalls calls, ImportCall call, ImportKeys? keys, bool isXlsx)
{
    private readonly List<ServerFinding> errors = [];

    public ImportTotals Totals { get; } = new();

    /// <summary>What the server found, with the rows of the whole file.</summary>
    public IReadOnlyList<ServerFinding> Errors => errors;

    /// <returns>
    /// False if the server refused a part. A dry run goes on, to find all errors; an import ends, and the parts before stay imported.
    /// </returns>
    public async Task<bool> SendAsync(IEnumerable<FilePart> parts, ImportProgress progress, CancellationToken cancellationToken)
    {
        using var source = parts.GetEnumerator();
        var isAccepted = true;
        var number = 0;
        var next = ReadNextAsync();
        try
        {
            while (await next is { } part)
            {
                // The next part is read while the server is busy with this one.
                next = ReadNextAsync();
                var isPartAccepted = await SendAsync(part, ++number, cancellationToken);
                isAccepted &= isPartAccepted;
                if (!isPartAccepted && keys is not null)
                    return false;
                progress.Advance(part.Rows.Count);
            }
        }
        finally
        {
            // The caller closes the file.
            await next;
        }
        return isAccepted;

        Task<FilePart?> ReadNextAsync() => Task.Run(() => source.MoveNext() ? source.Current : null, CancellationToken.None);
    }

    private async Task<bool> SendAsync(FilePart part, int number, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await calls.CallAsync(
                cancellation => client.Imports.SendAsync(
                    part.Content, isXlsx ? ImportsClient.Xlsx : ImportsClient.Csv, call, keys?.Of(number), cancellation),
                cancellationToken);
            Add(part, answer.Report, answer.IsReplay);
            return true;
        }
        catch (ImportRefusedException refused)
        {
            Add(part, refused.Report, isReplay: false);
            return false;
        }
    }

    private void Add(FilePart part, ImportReport report, bool isReplay)
    {
        Totals.Add(report, isReplay);
        errors.AddRange(report.Errors.Select(error => error with { Row = error.Row is { } row ? part.RowOf(row) : null }));
    }
}

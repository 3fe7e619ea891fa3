using System.CommandLine;
using Scrip.Client;
using Scrip.Printing;
using Scrip.Remote;

namespace Scrip.Issuing;

/// <summary><c>scrip certificate export</c>: the server's own csv or xlsx file, of any length.</summary>
internal static class CertificateExport
{
    private const string Xlsx = "xlsx";
    private const string Csv = "csv";

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file to write: .csv or .xlsx. - writes to standard output." };
        var format = Arguments.Choice("--format", "The format, where the file's name does not tell.", Csv, Xlsx);
        var fields = Arguments.Text("--fields", "names", "The attributes, separated by commas. By default all.");
        var separator = Arguments.Choice(
            "--separator", "What separates the cells of a csv file. By default comma.", "comma", "semicolon", "tab");
        var filters = new CertificateFilters();
        var export = new Command("export", "Write certificates to a file for spreadsheets, which Scrip can import again.")
        {
            file, format, fields, separator,
        };
        filters.AddTo(export);
        export.Validators.Add(parsed =>
        {
            if (parsed.GetResult(file)?.Tokens.Count > 0 && FormatOf(parsed.GetValue(file)!, parsed.GetValue(format)) is null)
                parsed.AddError("Name the file .csv or .xlsx, or give --format.");
        });
        ServerAddress.AddTo(export);
        export.SetAction(async (parsed, cancellation) =>
        {
            using var http = ServerAddress.Open(parsed, Timeout.InfiniteTimeSpan);
            var path = parsed.GetRequiredValue(file);
            var form = FormatOf(path, parsed.GetValue(format))!;
            await WriteAsync(path, destination => new ScripClient(http).Certificates.ExportAsync(
                filters.Read(parsed), form, parsed.GetValue(fields), parsed.GetValue(separator), destination, cancellation));
        });
        return export.WithExamples(
            "scrip certificate export certificates.xlsx --active yes",
            "scrip certificate export codes.csv --batch-id 7 --fields code,value,expires_at --separator semicolon");
    }

    private static string? FormatOf(string path, string? given) => given
        ?? (path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? Xlsx
            : path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? Csv
            : null);

    /// <summary>Gives the file its name only when it is complete, so that half a list never looks like a whole one.</summary>
    private static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        if (path == "-")
        {
            await using var output = StandardOutput.OpenStream();
            await write(output);
            return;
        }
        var unfinished = path + ".part";
        try
        {
            await using (var file = File.Create(unfinished))
                await write(file);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}

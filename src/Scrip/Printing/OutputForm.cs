using System.CommandLine;

namespace Scrip.Printing;

/// <summary>How a command prints its result.</summary>
internal enum OutputForm
{
    /// <summary>For people.</summary>
    Table,

    Json,
    Csv,
}

/// <summary><c>--json</c> and <c>--csv</c>.</summary>
internal static class OutputOptions
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, as the API has it." };

    private static readonly Option<bool> Csv = new("--csv") { Description = "Print csv with a line of captions." };

    public static void AddTo(Command command)
    {
        command.Add(Json);
        command.Add(Csv);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(Json) && parsed.GetValue(Csv))
                parsed.AddError("--json and --csv cannot be combined.");
        });
    }

    public static OutputForm Read(ParseResult parsed) =>
        parsed.GetValue(Json) ? OutputForm.Json : parsed.GetValue(Csv) ? OutputForm.Csv : OutputForm.Table;
}

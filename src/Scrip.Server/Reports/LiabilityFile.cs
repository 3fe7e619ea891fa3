using Microsoft.AspNetCore.Http;
using Scrip.Ledger.Access;
using Scrip.Server.Http;

namespace Scrip.Server.Reports;

/// <summary>A report as a file with a row for each month of issue.</summary>
internal sealed class LiabilityFile(
    Liability liability, FileForm form, Attributes<MonthOfLiability>.Selection attributes, Site site) : IResult
{
    private const string Name = "liability";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone);
        form.AddHeaders(httpContext, Name, site.Name, timeZone);
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;
        using var answer = new FileAnswer(httpContext.Response, form, Name, timeZone);
        answer.Cells.WriteCaptions(attributes.Names);
        foreach (var (month, totals) in liability.Report.ByMonthOfIssue)
        {
            attributes.Write(answer.Cells, new MonthOfLiability(month, totals, liability), site.Currency);
            answer.Cells.EndRow();
        }
        await answer.EndAsync(httpContext.RequestAborted);
    }
}

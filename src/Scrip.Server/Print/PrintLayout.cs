using System.Security.Cryptography;
using System.Text;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Print;

/// <summary>How certificates are laid out on paper.</summary>
internal sealed class PrintLayout
{
    private static readonly PrintLayout[] All =
    [
        new("card", "A4", perPage: 4, barSpace: 92, hasRosette: true, "M105 0v297M0 148.5h210"),
        new(
            "sheet", "A4", perPage: 10, barSpace: 77, hasRosette: false,
            "M20 0v297M105 0v297M190 0v297M0 13.5h210M0 67.5h210M0 121.5h210M0 175.5h210M0 229.5h210M0 283.5h210"),
        new("a4", "A4", perPage: 1, barSpace: 170, hasRosette: true, cuts: null),
        new("label", "Letter", perPage: 10, barSpace: 93, hasRosette: false, cuts: null),
    ];

    private readonly string name;

    /// <param name="cuts">The lines to cut along, as a path in millimetres; null for none.</param>
    private PrintLayout(string name, string paper, int perPage, double barSpace, bool hasRosette, string? cuts)
    {
        this.name = name;
        Paper = paper;
        PerPage = perPage;
        BarSpace = barSpace;
        HasRosette = hasRosette;
        HasCuts = cuts is not null;
        var lines = cuts is null ? "" : $"<symbol id=\"cuts\" viewBox=\"0 0 210 297\"><path d=\"{cuts}\"/></symbol>";
        Shapes = new Markup(lines + (hasRosette ? Rosette.Shape : ""));
        var style = StyleNamed("print") + StyleNamed(name);
        Style = new Markup(style);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// <summary>The name of the paper, for people.</summary>
    public string Paper { get; }

    public int PerPage { get; }

    /// <summary>The room for a bar code with its quiet zones, in millimetres.</summary>
    public double BarSpace { get; }

    /// <summary>Whether the value is inside a <see cref="Rosette"/>.</summary>
    public bool HasRosette { get; }

    public bool HasCuts { get; }

    /// <summary>The shapes that the pages refer to.</summary>
    public Markup Shapes { get; }

    public Markup Style { get; }

    /// <summary>The document has no script, loads nothing, and has exactly this style.</summary>
    public string ContentSecurityPolicy { get; }

    public static PrintLayout Read(QueryParameters query, RequestErrors errors)
    {
        if (query.Text("layout") is not { } name)
            return All[0];
        if (Array.Find(All, known => known.name == name) is { } layout)
            return layout;
        errors.Add("?layout", ErrorCodes.UnknownValue, $"Known values: {string.Join(", ", All.Select(known => known.name))}.");
        return All[0];
    }

    /// <summary>Browsers read every line end as a line feed, also for the hash.</summary>
    private static string StyleNamed(string name)
    {
        using var style = new StreamReader(typeof(PrintLayout).Assembly.GetManifestResourceStream($"print/{name}.css")!);
        return style.ReadToEnd().ReplaceLineEndings("\n");
    }
}

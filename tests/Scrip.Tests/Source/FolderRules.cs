using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>
/// The folders of a project depend on each other in one direction. Two folders that need each other are really one: neither can be read,
/// tested or moved without the other.
/// </summary>
public sealed class FolderRules
{
    /// <summary>Relies on namespaces being folders: see <see cref="A_namespace_is_its_folder"/>.</summary>
    [Fact]
    public void No_two_folders_of_a_project_depend_on_each_other() => Rule.HasNo(SourceTree.Projects.SelectMany(CirclesOf));

    /// <summary>The files at the server's root compose the folders.</summary>
    [Fact]
    public void No_folder_of_the_server_knows_its_root()
    {
        var root = SourceTree.CSharpIn("src/Scrip.Server/").Where(file => file.Path.Split('/').Length == 3).ToList();
        Assert.NotEmpty(root);
        Rule.HasNo(
            from file in SourceTree.CSharpIn("src/Scrip.Server/").Except(root)
            from type in root
            where FolderGraph.Names(file, type.Name)
            select $"{file.Path} knows {type.Path}");
    }

    [Fact]
    public void A_namespace_is_its_folder() => Rule.HasNo(
        from project in SourceTree.Projects
        from file in FilesOf(project)
        let expected = $"{project.Name}.{string.Join('.', FolderGraph.FolderOf(project, file))}".TrimEnd('.')
        from line in file.LinesWhere(line => line.StartsWith("namespace ", StringComparison.Ordinal))
        where !line.EndsWith($": namespace {expected};", StringComparison.Ordinal)
        select line);

    /// <summary>The rule would be worthless if it found nothing.</summary>
    [Fact]
    public void A_circle_is_named_with_its_files()
    {
        var circles = CirclesOf(
            Project,
            File("Orders/Order.cs", "using Shop.Prices;"), File("Orders/Line.cs", ""),
            File("Prices/Price.cs", "using Shop.Taxes.Vat;"), File("Taxes/Tax.cs", ""),
            File("Taxes/Vat/Rate.cs", "class Rate(Orders.Line line);"));
        Assert.Equal(
            [
                "src/Shop: Orders -> Prices -> Taxes -> Orders\n"
                + "  Orders -> Prices: src/Shop/Orders/Order.cs\n"
                + "  Prices -> Taxes: src/Shop/Prices/Price.cs\n"
                + "  Taxes -> Orders: src/Shop/Taxes/Vat/Rate.cs",
            ],
            circles);
    }

    [Fact]
    public void Subfolders_of_one_folder_form_no_circle_either() => Assert.Equal(
        [
            "src/Shop/Taxes: Duty -> Vat -> Duty\n"
            + "  Duty -> Vat: src/Shop/Taxes/Duty/Duty.cs\n"
            + "  Vat -> Duty: src/Shop/Taxes/Vat/Rate.cs",
        ],
        CirclesOf(
            Project, File("Taxes/Duty/Duty.cs", "using static Shop.Taxes.Vat.Rate;"), File("Taxes/Vat/Rate.cs", "using Shop.Taxes.Duty;")));

    /// <summary>A file in a folder belongs to its subfolders as well.</summary>
    [Fact]
    public void One_direction_is_no_circle() => Assert.Empty(CirclesOf(
        Project,
        File("Shop.cs", "using Shop.Orders;"),
        File("Orders/Order.cs", "using Shop.Prices;\nusing Shop.Orders.Lines;"),
        File("Orders/Lines/Line.cs", "using Shop.Orders; // Orders.Order"),
        File("Prices/Price.cs", "// using Shop.Orders;\nclass Price { Order Orders.Add() }")));

    private static SourceFile Project => new("src/Shop/Shop.csproj", "");

    private static SourceFile File(string path, string text) => new($"src/Shop/{path}", text);

    private static IEnumerable<string> CirclesOf(SourceFile project) => CirclesOf(project, [.. FilesOf(project)]);

    private static IEnumerable<string> CirclesOf(SourceFile project, params SourceFile[] files) => FolderGraph.CirclesIn(project, files);

    private static IEnumerable<SourceFile> FilesOf(SourceFile project) => SourceTree.CSharpIn(FolderGraph.PathOf(project) + "/");
}

using System.Text.RegularExpressions;
using Scrip.Tests.Support;

namespace Scrip.Tests.Source;

/// <summary>
/// Comments are plain English and stand on their own: an editor shows a summary without its neighbours. The patterns are those of
/// sentences that only make sense next to another one, or that no native writer would use.
/// </summary>
public sealed partial class WordRules
{
    /// <summary>What a pattern finds, by the advice to the writer. Sentences begin after <see cref="Comment.Start"/> or a full stop.</summary>
    private static readonly (string Advice, Regex Pattern)[] InComments =
    [
        ("Repeat what it is.", Likewise()),
        ("Name the person or program.", Whoever()),
        ("Name the thing.", OfIt()),
        ("Say what belongs to what.", GoesWith()),
        ("Say what is there.", Stands()),
        ("Write \"such as\" or \"for example\".", Say()),
        ("Write \"such as\" or \"for example\".", SayWithoutComma()),
        ("Say what is missing, or null for what.", ThereIsNone()),
        ("Write \"returns\".", Answers()),
        ("Write \"is not a\".", IsNo()),
        ("Give the clause its noun.", Who()),
        ("Write \"so that … not\".", Lest()),
    ];

    /// <summary>The patterns that no page has either.</summary>
    private static readonly (string Advice, Regex Pattern)[] InPages =
    [
        ("Repeat what it is.", Likewise()),
        ("Name the person or program.", Whoever()),
        ("Say what belongs to what.", GoesWith()),
        ("Say what is there.", Stands()),
        ("Write \"such as\" or \"for example\".", Say()),
        ("Say what is missing.", ThereAreNone()),
        ("Write \"returns\".", Answers()),
        ("Write \"returns 503\".", AnswersStatus()),
        ("Write \"is not a\".", IsNo()),
        ("Give the clause its noun.", Who()),
        ("Write \"so that … not\".", Lest()),
    ];

    private static IEnumerable<SourceFile> Commented => SourceTree.Code.Concat(SourceTree.Tests).Concat(SourceTree.Bench)
        .Where(file => Path.GetExtension(file.Path) is ".cs" or ".sql");

    [Fact]
    public void There_are_comments_and_pages_to_look_at()
    {
        Assert.True(Commented.SelectMany(Comment.AllIn).Count() > 2_000);
        Assert.True(SourceTree.Pages.Count > 50);
    }

    [Fact]
    public void Comments_are_plain_English() => Rule.HasNo(
        from file in Commented
        from comment in Comment.AllIn(file)
        from fault in FaultsIn(comment.Text, InComments)
        select $"{fault} {comment}");

    [Fact]
    public void Pages_are_plain_English() => Rule.HasNo(
        from page in SourceTree.Pages
        from fault in FaultsIn(Blocks().Replace(page.Text, ""), InPages)
        select $"{page.Path}: {fault}");

    [Fact]
    public void No_comment_cites_a_file_that_is_not_in_the_repository() => Rule.HasNo(
        from file in Commented
        from comment in Comment.AllIn(file)
        from path in CitedIn(comment.Text)
        where !Exists(path)
        select $"{path} {comment}");

    /// <summary>Sentences that were once in this repository.</summary>
    [Theory]
    [InlineData("/// <summary>Likewise, of UTF-8.</summary>")]
    [InlineData("/// <summary>The body with the instant at which a thing was made replaced likewise.</summary>")]
    [InlineData("// Whoever is told anything else sends it again.")]
    [InlineData("/// <summary>What is left of it.</summary>")]
    [InlineData("/// <summary>HEAD goes with GET.</summary>")]
    [InlineData("/// <summary>A certificate as it stands.</summary>")]
    [InlineData("/// <summary>For a status that came without a body, from the framework say.</summary>")]
    [InlineData("// what is in its way, a full disk say, is in the way of a later commit too")]
    [InlineData("/// <summary>In UTC, with Z; null where there is none.</summary>")]
    [InlineData("/// <summary>One certificate; null when there is no such one.</summary>")]
    [InlineData("/// <summary>Answers one certificate, with its ETag.</summary>")]
    [InlineData("/// <summary>Runs a statement that answers no rows.</summary>")]
    [InlineData("/// <summary>False where it is no SHA-256.</summary>")]
    [InlineData("/// <summary>Who can read the folder can spend what is in it.</summary>")]
    [InlineData("// gets an apostrophe, lest a spreadsheet runs it")]
    [InlineData("-- With its row at once: whoever sees the table can lock it.")]
    public void The_patterns_find_such_a_sentence(string line) => Assert.NotEmpty(
        Comment.AllIn(FileOf(line)).SelectMany(comment => FaultsIn(comment.Text, InComments)));

    /// <summary>Sentences that were once in the pages.</summary>
    [Theory]
    [InlineData("Follow `next` until there is none.")]
    [InlineData("Its examples work as they stand.")]
    [InlineData("An error is a member that stands twice in one object.")]
    [InlineData("Until then writes are answered 503.")]
    [InlineData("Writes answer 507 and store nothing.")]
    [InlineData("For whoever closes the books.")]
    public void The_patterns_find_such_a_sentence_in_a_page(string line) => Assert.NotEmpty(FaultsIn(line, InPages));

    /// <summary>A sentence may go on in the next line, or follow code.</summary>
    [Theory]
    [InlineData("/// The rest\n/// of it.")]
    [InlineData("Run(); \u002F/ Whoever waits.")]
    [InlineData("    -- one\n    -- of it\n    id integer")]
    public void A_comment_is_read_as_a_whole(string lines) => Assert.NotEmpty(
        Comment.AllIn(FileOf(lines)).SelectMany(comment => FaultsIn(comment.Text, InComments)));

    [Theory]
    [InlineData("/// <summary>Returns the holder of each code; null if the code is free.</summary>")]
    [InlineData("// A placeholder stands for the value, which is no longer than the limit. There is no limit for others.")]
    [InlineData("var text = \"https://whoever.example\";")]
    public void The_patterns_leave_such_a_sentence_alone(string line) => Assert.Empty(
        Comment.AllIn(FileOf(line)).SelectMany(comment => FaultsIn(comment.Text, InComments)));

    /// <summary>Files that comments once cited.</summary>
    [Theory]
    [InlineData("/// <summary>Who may know whom (design.md, Layout).</summary>", "design.md")]
    [InlineData("// a quarter of a long list (docs/decisions/0013).", "docs/decisions/0013")]
    [InlineData("// See docs/decisions/0013-sqlite-without-handles.md and writer_session.sql.", null)]
    [InlineData("// SQLite has it (https://sqlite.org/fileformat.html), and docs/api does.", null)]
    public void A_cited_file_is_found_or_not(string line, string? missing) => Assert.Equal(
        missing, Comment.AllIn(FileOf(line)).SelectMany(comment => CitedIn(comment.Text)).Where(path => !Exists(path)).SingleOrDefault());

    private static SourceFile FileOf(string text) => new(text.Contains("--", StringComparison.Ordinal) ? "a.sql" : "a.cs", text);

    private static IEnumerable<string> FaultsIn(string text, (string Advice, Regex Pattern)[] patterns) =>
        from rule in patterns
        from Match found in rule.Pattern.Matches(text)
        select $"\"{found.Value.Trim()}\": {rule.Advice}";

    private static IEnumerable<string> CitedIn(string comment) =>
        Cited().Matches(Addresses().Replace(comment, "")).Select(cited => cited.Value.TrimEnd('.', '/'));

    /// <summary>A path from the root, the end of one, or a folder.</summary>
    private static bool Exists(string path) =>
        SourceTree.Paths.Any(known => known == path || known.EndsWith("/" + path, StringComparison.Ordinal))
        || Directory.Exists(SourceTree.PathOf(path));

    [GeneratedRegex(@"\blikewise\b", RegexOptions.IgnoreCase)]
    private static partial Regex Likewise();

    [GeneratedRegex(@"\bwho(so)?ever\b", RegexOptions.IgnoreCase)]
    private static partial Regex Whoever();

    [GeneratedRegex(@"\bof it\b")]
    private static partial Regex OfIt();

    [GeneratedRegex(@"\bgo(es)? (together )?with\b")]
    private static partial Regex GoesWith();

    [GeneratedRegex(@"\bstands?\b(?! (for|on its own|on their own)\b)(?!-)")]
    private static partial Regex Stands();

    [GeneratedRegex(@",\s+say\s*[,.;)]")]
    private static partial Regex Say();

    /// <summary>Rarely right at the end of a clause, but a page may end one with what somebody says.</summary>
    [GeneratedRegex(@"\w\s+say[,.](?<!\b(not|already) say[,.])", RegexOptions.ExplicitCapture)]
    private static partial Regex SayWithoutComma();

    [GeneratedRegex(@"\bthere (is|are|was|were) (none|no such)\b|\bhas no such\b", RegexOptions.IgnoreCase)]
    private static partial Regex ThereIsNone();

    [GeneratedRegex(@"\bthere (is|are|was|were) none\b", RegexOptions.IgnoreCase)]
    private static partial Regex ThereAreNone();

    [GeneratedRegex(@"\banswer(s|ed)? \d{3}\b")]
    private static partial Regex AnswersStatus();

    [GeneratedRegex(@"(?<=¶ |[.:] )Answers\b|\banswers (an?|the|that|whether|how|what|no|all|each|one|it|rows)\b")]
    private static partial Regex Answers();

    [GeneratedRegex(@"(?<!\b[Tt]here )\b(is|are|was|were) no (?!longer\b|more\b|slower\b|coincidence\b)\w+")]
    private static partial Regex IsNo();

    [GeneratedRegex(@"(?<=¶ |[.:] )Who (?!may call)\w+\b[^?]*\.")]
    private static partial Regex Who();

    [GeneratedRegex(@"\blest\b", RegexOptions.IgnoreCase)]
    private static partial Regex Lest();

    /// <summary>Blocks of code in a page.</summary>
    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"(?<![\w./-])(docs/[\w./-]+|[\w./-]*\w\.(md|cs|sql|sh|csproj|props|slnx)\b)", RegexOptions.ExplicitCapture)]
    private static partial Regex Cited();
}

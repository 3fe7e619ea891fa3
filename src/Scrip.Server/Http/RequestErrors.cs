using System.Globalization;
using Scrip.Client;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>Gathers what is wrong with a request: keeps the first thousand errors, counts the items that have any.</summary>
internal sealed class RequestErrors
{
    public const int MaxErrors = 1000;

    /// <summary>The detail where a read is refused, which had nothing to store.</summary>
    public const string OfQuery = "The query cannot be used.";

    /// <summary>The detail for a call with a body that stores nothing.</summary>
    public const string OfCheck = "The request cannot be used.";

    public static string NoInvisibleCharacters(string name) =>
        $"{name} must have no invisible characters: zero-width characters, byte order or direction marks, soft hyphens, line separators.";

    public static string NoNeedlessInvisibleCharacters(string name) =>
        $"{name} must have no invisible characters but joiners and direction marks.";

    private readonly List<ProblemError> errors = [];
    private readonly HashSet<int> faultyItems = [];
    private bool concernsWhole;

    private int items;
    private int mostItems;

    public bool Any => errors.Count > 0 || items > mostItems;

    /// <summary>An error of the request as a whole, or of a query parameter.</summary>
    public void Add(string pointer, string code, string detail)
    {
        concernsWhole = true;
        if (errors.Count < MaxErrors)
            errors.Add(new ProblemError(pointer, code, detail));
    }

    /// <summary>
    /// The name of a member cannot be told, since no pointer can name it: an unpaired surrogate, or bytes that are not UTF-8. Its place
    /// among the members of its object can, counted from 1.
    /// </summary>
    public void AddUnreadableName(int? index, int place) => Add(
        index,
        member: null,
        ErrorCodes.NotUnicode,
        string.Create(CultureInfo.InvariantCulture, $"The name of member {place} must be Unicode text, without unpaired surrogates."));

    /// <summary>An error in item <paramref name="index"/> of a bulk call, or in the one item of a single call where that is null.</summary>
    public void Add(int? index, string? member, string code, string detail)
    {
        if (index is { } item)
            faultyItems.Add(item);
        if (errors.Count < MaxErrors)
            errors.Add(new ProblemError(JsonPointer.To(index, member), code, detail));
    }

    /// <summary>Of a bulk call: how many items it has, or one more than it may have.</summary>
    public void NoteItems(int count, int most) => (items, mostItems) = (count, most);

    public ProblemResult ToProblem()
    {
        if (items > mostItems)
            return ProblemFor.TooManyItems(mostItems);
        return items == 0 || concernsWhole
            ? ProblemFor.Invalid(errors)
            : ProblemFor.Invalid(errors, ItemCount.Describe(faultyItems.Count, items, "invalid"));
    }

    public ProblemResult ToQueryProblem() => ProblemFor.Invalid(errors, OfQuery);

    public ProblemResult ToCheckProblem() => ProblemFor.Invalid(errors, OfCheck);
}

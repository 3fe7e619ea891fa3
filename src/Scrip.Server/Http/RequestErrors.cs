using System.Globalization;
using Scrip.Client;
using Scrip.Server.Problems;

namespace Scrip.Server.Http;

/// <summary>Collects the errors of a request: keeps the first thousand, and counts the items that have any.</summary>
internal sealed class RequestErrors
{
    public const int MaxErrors = 1000;

    /// <summary>The detail for an invalid read, where nothing could have been stored.</summary>
    public const string OfQuery = "The query is invalid.";

    /// <summary>The detail for an invalid check: a call with a body that stores nothing.</summary>
    public const string OfCheck = "The code was not checked.";

    public static string NoInvisibleCharacters(string name) =>
        $"{name} must not contain invisible characters: zero-width characters, byte order or direction marks, soft hyphens or line "
        + "separators.";

    public static string NoNeedlessInvisibleCharacters(string name) =>
        $"{name} must not contain invisible characters other than joiners and direction marks.";

    private readonly List<ProblemError> errors = [];
    private readonly HashSet<int> faultyItems = [];
    private bool concernsWhole;

    private int items;
    private int mostItems;

    public bool Any => errors.Count > 0 || items > mostItems;

    /// <summary>Adds an error of the request as a whole, or of a query parameter.</summary>
    public void Add(string pointer, string code, string detail)
    {
        concernsWhole = true;
        if (errors.Count < MaxErrors)
            errors.Add(new ProblemError(pointer, code, detail));
    }

    /// <summary>
    /// Adds an error for a member whose name no pointer can express, because it has an unpaired surrogate or bytes that are not UTF-8. The
    /// error gives its place among the members of its object, counted from 1.
    /// </summary>
    public void AddUnreadableName(int? index, int place) => Add(
        index,
        member: null,
        ErrorCodes.NotUnicode,
        string.Create(CultureInfo.InvariantCulture, $"The name of member {place} must be Unicode text, without unpaired surrogates."));

    /// <summary>Adds an error in item <paramref name="index"/> of a bulk call; null means the single item of any other call.</summary>
    public void Add(int? index, string? member, string code, string detail)
    {
        if (index is { } item)
            faultyItems.Add(item);
        if (errors.Count < MaxErrors)
            errors.Add(new ProblemError(JsonPointer.To(index, member), code, detail));
    }

    /// <summary>Notes how many items a bulk call has, at most one more than allowed.</summary>
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

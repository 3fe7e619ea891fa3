using Scrip.Files.Formats;
using Scrip.Files.Tables;

namespace Scrip.Files.Import;

/// <summary>Maps the columns of a file to fields.</summary>
internal sealed class ColumnMap
{
    private readonly int[] places = Enumerable.Repeat(-1, Enum.GetValues<Field>().Length).ToArray();
    private readonly FormatColumn?[] columns = new FormatColumn?[Enum.GetValues<Field>().Length];
    private readonly List<int> people = [];

    private ColumnMap(FileFormat format, IReadOnlyList<string> captions)
    {
        Format = format;
        Captions = captions;
    }

    public FileFormat Format { get; }

    public IReadOnlyList<string> Captions { get; }

    /// <summary>The columns with persons and messages, from left to right.</summary>
    public IReadOnlyList<int> People => people;

    public IEnumerable<int> Amounts => new[] { this[Field.Value], this[Field.Balance] }.Where(place => place >= 0);

    public IEnumerable<int> Dates => new[] { this[Field.StartsAt], this[Field.ExpiresAt] }.Where(place => place >= 0);

    /// <summary>The column of a field, from 0; -1 if the file has none.</summary>
    public int this[Field field] => places[(int)field];

    public string? CaptionOf(Field field) => this[field] < 0 ? null : Captions[this[field]];

    public FormatColumn ColumnOf(Field field) => columns[(int)field]!;

    /// <exception cref="TableException">The columns cannot be identified.</exception>
    public static ColumnMap Create(FileFormat format, IReadOnlyList<string> captions, WarningList warnings)
    {
        var map = new ColumnMap(format, captions);
        var isKnown = format.Columns.Where(column => column.IsRequired).All(column => captions.Any(column.IsCalled));
        if (!isKnown && format.IsInFixedOrder && captions.Count == format.Columns.Length && !captions.Any(IsAmount))
        {
            map.AddByPosition();
            warnings.Add(
                ImportWarning.ReadByPosition,
                $"The captions are in an unknown language. The columns are read in {format.Name}'s order.");
        }
        else
        {
            map.AddByCaption(warnings);
        }
        map.Check();
        return map;
    }

    /// <summary>Whether a caption is an amount: the file has no captions, and its first row would be lost.</summary>
    private static bool IsAmount(string caption) => AmountText.TryRead(caption, DecimalMark.Point, out _);

    private bool IsComplete => this[Field.Code] >= 0 && (this[Field.Value] >= 0 || this[Field.Balance] >= 0);

    private void AddByCaption(WarningList warnings)
    {
        var ignored = new List<string>();
        for (var place = 0; place < Captions.Count; place++)
        {
            var caption = Captions[place];
            if (Format.Columns.FirstOrDefault(known => known.IsCalled(caption)) is { } column)
                Add(column, place);
            else if (caption.Length > 0)
                ignored.Add(caption);
        }
        if (ignored.Count > 0)
            warnings.Add(ImportWarning.IgnoredColumns, $"These columns are not read: {string.Join(", ", ignored)}.");
    }

    private void AddByPosition()
    {
        for (var place = 0; place < Captions.Count; place++)
            Add(Format.Columns[place], place);
    }

    private void Add(FormatColumn column, int place)
    {
        if (column.Field == Field.Ignored)
            return;
        if (column.Field == Field.Person)
        {
            people.Add(place);
            return;
        }
        if (this[column.Field] is var earlier and >= 0)
        {
            throw new TableException(
                ImportFault.RepeatedColumn, $"The columns \"{Captions[earlier]}\" and \"{Captions[place]}\" mean the same. Remove one.");
        }
        places[(int)column.Field] = place;
        columns[(int)column.Field] = column;
    }

    private void Check()
    {
        if (this[Field.Code] < 0 && this[Field.LastCharacters] >= 0)
        {
            throw new TableException(
                ImportFault.LastCharactersOnly,
                $"The column \"{CaptionOf(Field.LastCharacters)}\" has only the end of each code: {Format.Name} does not export whole "
                + "codes, and nobody could pay with these. Find a file that has them, such as an app's export or the list from which the "
                + "cards were made, and add them to this file as a column \"Code\".");
        }
        if (this[Field.Code] < 0)
            throw new TableException(ImportFault.MissingColumn, $"No column has the codes. {Known(Field.Code)}");
        if (!IsComplete)
            throw new TableException(ImportFault.MissingColumn, $"No column has the amounts. {Known(Field.Value, Field.Balance)}");
    }

    private string Known(params Field[] fields)
    {
        var captions = Format.Columns.Where(column => fields.Contains(column.Field))
            .SelectMany(column => column.Captions)
            .Select(caption => $"\"{caption}\"");
        var names = string.Join(" or ", captions);
        var expected = Format.Name != FileFormats.Generic ? $"In a file of {Format.Name} it is called {names}"
            : names.Length > 0 ? $"map names {names}"
            : "map names none";
        return $"{expected}; this file has {string.Join(", ", Captions)}.";
    }
}

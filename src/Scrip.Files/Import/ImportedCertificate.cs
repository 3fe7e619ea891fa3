namespace Scrip.Files.Import;

/// <summary>A row of a file, whichever product wrote it. Amounts are in the currency's minor unit.</summary>
public sealed record ImportedCertificate
{
    /// <summary>The row as a spreadsheet numbers it.</summary>
    public required int Row { get; init; }

    /// <summary>The code, exactly as in the file.</summary>
    public required string Code { get; init; }

    /// <summary>The face value, rounded up to whole units.</summary>
    public required long Value { get; init; }

    /// <summary>The balance, at most the value.</summary>
    public required long Balance { get; init; }

    /// <summary>Which members the file has for a certificate that exists already; the others keep their stored values.</summary>
    public ImportedMembers Told { get; init; }

    /// <summary>Null if the file does not tell, as for the members below.</summary>
    public bool? IsActive { get; init; }

    /// <summary>The first instant at which the certificate can be spent.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>The first instant at which the certificate can no longer be spent.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool? SingleUse { get; init; }

    public string? Note { get; init; }

    /// <summary>The giver and the receiver, with the file's captions. Only if the caller wants to keep them.</summary>
    public string? Names { get; init; }

    /// <summary>Both, one below the other.</summary>
    public string? NoteWithNames => Note is null ? Names : Names is null ? Note : $"{Note}\n{Names}";
}

/// <summary>The members of a certificate that a file may leave open although a new certificate has a value for them.</summary>
[Flags]
public enum ImportedMembers
{
    None = 0,
    Value = 1,
    Balance = 2,

    /// <summary>The file has the column, and an empty cell means no start.</summary>
    StartsAt = 4,

    /// <summary>The file has the column, and an empty cell means no expiry.</summary>
    ExpiresAt = 8,

    /// <summary>The file has the column, and an empty cell means no note.</summary>
    Note = 16,
}

/// <summary>A row of a file: a certificate, or its errors, or neither if the row is skipped.</summary>
public sealed record ImportLine
{
    /// <summary>The row as a spreadsheet numbers it.</summary>
    public required int Row { get; init; }

    public ImportedCertificate? Certificate { get; init; }

    public IReadOnlyList<ImportFinding> Errors { get; init; } = [];

    /// <summary>The cells of a row with errors, so that the row can be returned with the reasons.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];
}

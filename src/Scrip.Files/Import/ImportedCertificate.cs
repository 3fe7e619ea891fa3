namespace Scrip.Files.Import;

/// <summary>A row of a file, whichever product wrote it. Amounts are in the currency's minor unit.</summary>
public sealed record ImportedCertificate
{
    /// <summary>As a spreadsheet numbers the file's rows.</summary>
    public required int Row { get; init; }

    /// <summary>Exactly as it is in the file.</summary>
    public required string Code { get; init; }

    /// <summary>What it was issued for, in whole units: what the file has is rounded up.</summary>
    public required long Value { get; init; }

    /// <summary>What is left of it, at most the value.</summary>
    public required long Balance { get; init; }

    /// <summary>Null where the file says nothing, as the following.</summary>
    public bool? IsActive { get; init; }

    /// <summary>The first instant at which it can be spent.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>The first instant at which it can be spent no more.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool? SingleUse { get; init; }

    public string? Note { get; init; }

    /// <summary>Who gave it and who got it, with the file's captions; only if the caller wants to keep that.</summary>
    public string? Names { get; init; }

    /// <summary>Both, one below the other.</summary>
    public string? NoteWithNames => Note is null ? Names : Names is null ? Note : $"{Note}\n{Names}";
}

/// <summary>A row of a file: a certificate, or what is wrong with it, or neither where it is to be left out.</summary>
public sealed record ImportLine
{
    /// <summary>As a spreadsheet numbers it.</summary>
    public required int Row { get; init; }

    public ImportedCertificate? Certificate { get; init; }

    public IReadOnlyList<ImportFinding> Errors { get; init; } = [];

    /// <summary>The row as it is in the file, where it has errors: to be given back with the reasons.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];
}

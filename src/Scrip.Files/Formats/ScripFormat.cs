namespace Scrip.Files.Formats;

/// <summary>
/// Scrip's own lists, with the attributes' names or with the captions of the pages in English, Romanian, Russian and Ukrainian.
/// </summary>
internal static class ScripFormat
{
    /// <summary>The languages of a column's captions, which follow the attribute's name.</summary>
    public static readonly string[] Languages = ["en", "ro", "ru", "uk"];

    public static readonly FileFormat Format = new("scrip")
    {
        Columns =
        [
            new(Field.Ignored, "id", "Number", "Număr", "Номер", "Номер"),
            new(Field.Code, "code", "Code", "Cod", "Код", "Код") { IsRequired = true },
            new(Field.IsActive, "is_active", "Active", "Activ", "Активен", "Активний"),
            new(Field.Value, "value", "Value", "Valoare", "Номинал", "Номінал"),
            new(Field.Balance, "balance", "Balance", "Sold", "Остаток", "Залишок"),
            new(Field.Ignored, "spent", "Spent", "Cheltuit", "Потрачено", "Витрачено"),
            new(Field.Ignored, "held", "Held", "Reținut", "Удержано", "Утримано"),
            new(Field.Currency, "currency", "Currency", "Monedă", "Валюта", "Валюта"),
            new(Field.StartsAt, "starts_at", "Valid from", "Valabil de la", "Действует с", "Діє з"),
            new(Field.ExpiresAt, "expires_at", "Valid until", "Valabil până la", "Действует до", "Діє до"),
            new(Field.SingleUse, "single_use", "Single use", "O singură folosire", "Одноразовый", "Одноразовий"),
            new(Field.Note, "note", "Note", "Notă", "Примечание", "Примітка"),
            new(Field.Ignored, "batch_id", "Batch", "Lot", "Партия", "Партія"),
            new(Field.Ignored, "created_at", "Created", "Creat", "Создан", "Створено"),
            new(Field.Ignored, "updated_at", "Changed", "Modificat", "Изменён", "Змінено"),
            new(Field.Ignored, "version", "Version", "Versiune", "Версия", "Версія"),
        ],
        HasNoOtherColumns = true,
        MidnightIsAnInstant = true,
        HasAllDigits = true,
    };
}

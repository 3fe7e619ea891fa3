namespace Scrip.Files.Formats;

/// <summary>Odoo's loyalty cards, exported from the list with their technical names or with their captions, which are translated.</summary>
internal static class OdooFormat
{
    public static readonly FileFormat Format = new("odoo")
    {
        Columns =
        [
            new(Field.Ignored, "id", "External ID", "Внешний ID", "Зовнішній ID", "ID extern"),
            new(Field.Code, "code", "Код", "Cod") { IsRequired = true },
            new(Field.Balance, "points", "Баллы", "Очки", "Бали", "Puncte") { IsRequired = true },
            new(
                Field.ExpiresAt, "expiration_date", "Expiration Date",
                "Дата окончания", "Дата истечения", "Дата истечения срока", "Дата истечения срока действия", "Срок действия",
                "Термін дії", "Дата закінчення", "Дата закінчення терміну дії", "Data de expirare", "Data expirării"),
            new(Field.IsActive, "active", "Активно", "Активний", "Activ"),
            new(Field.Person, "partner_id", "partner_id/name", "Partner", "Партнер", "Partener"),
            new(Field.Ignored, "program_id", "program_id/name", "Program", "Программа", "Програма"),
            new(Field.Ignored, "display_name", "Display Name", "Отображаемое имя", "Назва для відображення", "Nume afișat"),
            new(Field.Ignored, "create_date", "Created on", "Создано", "Створено", "Creat în"),
        ],
    };
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Scrip.Server.Http;
using Scrip.Server.Problems;

namespace Scrip.Server.Print;

/// <summary>The languages of printed certificates.</summary>
internal static class PrintLanguages
{
    private static readonly PrintLanguage Romanian = new()
    {
        Code = "ro",
        Numbers = NumbersWith(".", ","),
        DayFormat = "dd.MM.yyyy",
        Title = "Certificat cadou",
        Titles = "Certificate cadou",
        From = start => $"Valabil din {start}",
        Until = (start, end, isDay) => $"{(start is null ? "Valabil" : $"Valabil din {start}")} până la {end}{(isDay ? " inclusiv" : "")}",
        SingleUse = "O singură cumpărătură, restul se pierde",
        SeveralUses = "Se poate folosi la mai multe cumpărături",
        Balance = (day, amount) => $"Sold la {day}: {amount}",
        Inactive = "Inactiv",
        Expired = "Expirat",
        Spent = "Epuizat",
        Terms = "Cu certificatul se plătesc cumpărături în magazinul nostru. Nu se schimbă în bani. Dacă cumpărătura costă mai mult, "
            + "diferența se achită separat. Arătați codul doar la plată: oricine îl cunoaște poate plăti cu el.",
        QrCode = "Cod QR",
        BarCode = "Cod de bare",
        HowToPrint = paper => $"Tipăriți cu Ctrl+P (pe Mac ⌘P), la scara de 100 %, pe hârtie {paper}, fără antet și subsol.",
        Count = count => $"Certificate: {count}.",
        LeftOut = count => $"Omise, pentru că nu mai pot fi folosite: {count}.",
        None = "Nu este niciun certificat de tipărit.",
    };

    private static readonly PrintLanguage Russian = new()
    {
        Code = "ru",
        Numbers = NumbersWith("\u00A0", ","),
        DayFormat = "dd.MM.yyyy",
        Title = "Подарочный сертификат",
        Titles = "Подарочные сертификаты",
        From = start => $"Действует с {start}",
        Until = (start, end, isDay) =>
            $"{(start is null ? "Действует" : $"Действует с {start}")} {(isDay ? $"по {end} включительно" : $"до {end}")}",
        SingleUse = "На одну покупку, остаток сгорает",
        SeveralUses = "Можно потратить за несколько покупок",
        Balance = (day, amount) => $"Остаток на {day}: {amount}",
        Inactive = "Неактивен",
        Expired = "Срок истёк",
        Spent = "Израсходован",
        Terms = "Сертификатом оплачивают покупки в нашем магазине. На деньги он не обменивается. Если покупка стоит дороже, разницу "
            + "доплачивают. Показывайте код только при оплате: кто его знает, тот может им заплатить.",
        QrCode = "QR-код",
        BarCode = "Штрихкод",
        HowToPrint = paper => $"Печатайте по Ctrl+P (на Mac ⌘P), в масштабе 100 %, на бумаге {paper}, без колонтитулов.",
        Count = count => $"Сертификатов: {count}.",
        LeftOut = count => $"Пропущено, потому что ими больше нельзя заплатить: {count}.",
        None = "Печатать нечего: сертификатов нет.",
    };

    private static readonly PrintLanguage Ukrainian = new()
    {
        Code = "uk",
        Numbers = NumbersWith("\u00A0", ","),
        DayFormat = "dd.MM.yyyy",
        Title = "Подарунковий сертифікат",
        Titles = "Подарункові сертифікати",
        From = start => $"Діє з {start}",
        Until = (start, end, isDay) => $"{(start is null ? "Діє" : $"Діє з {start}")} до {end}{(isDay ? " включно" : "")}",
        SingleUse = "На одну покупку, залишок згорає",
        SeveralUses = "Можна витратити за кілька покупок",
        Balance = (day, amount) => $"Залишок на {day}: {amount}",
        Inactive = "Неактивний",
        Expired = "Термін дії минув",
        Spent = "Використаний",
        Terms = "Сертифікатом оплачують покупки в нашому магазині. На гроші він не обмінюється. Якщо покупка дорожча, різницю "
            + "доплачують. Показуйте код лише під час оплати: хто його знає, той може ним заплатити.",
        QrCode = "QR-код",
        BarCode = "Штрихкод",
        HowToPrint = paper => $"Друкуйте через Ctrl+P (на Mac ⌘P), у масштабі 100 %, на папері {paper}, без колонтитулів.",
        Count = count => $"Сертифікатів: {count}.",
        LeftOut = count => $"Пропущено, бо ними більше не можна заплатити: {count}.",
        None = "Друкувати нічого: сертифікатів немає.",
    };

    private static readonly PrintLanguage English = new()
    {
        Code = "en",
        Numbers = NumbersWith(",", "."),
        DayFormat = "d MMMM yyyy",
        Title = "Gift certificate",
        Titles = "Gift certificates",
        From = start => $"Valid from {start}",
        Until = (start, end, _) => $"{(start is null ? "Valid" : $"Valid from {start}")} until {end}",
        SingleUse = "For a single purchase, any remainder lapses",
        SeveralUses = "May be spent in several purchases",
        Balance = (day, amount) => $"Balance on {day}: {amount}",
        Inactive = "Inactive",
        Expired = "Expired",
        Spent = "Used up",
        Terms = "Pays for purchases in our shop. Not exchangeable for cash. If a purchase costs more, you pay the difference. Show the "
            + "code only when you pay: anyone who knows it can spend the certificate.",
        QrCode = "QR code",
        BarCode = "Bar code",
        HowToPrint = paper => $"Print with Ctrl+P (on a Mac ⌘P), at 100 % scale, on {paper} paper, without headers and footers.",
        Count = count => $"Certificates: {count}.",
        LeftOut = count => $"Left out because they can no longer be spent: {count}.",
        None = "There are no certificates to print.",
    };

    private static readonly PrintLanguage[] All = [Romanian, Russian, Ukrainian, English];

    /// <summary>Returns the language that a call names, else the caller's preferred one, else English.</summary>
    public static PrintLanguage Read(QueryParameters query, RequestErrors errors)
    {
        if (query.Text("language") is not { } name)
            return Accepted(query.Request);
        if (Find(name) is { } named)
            return named;
        errors.Add("?language", ErrorCodes.UnknownValue, $"Known values: {string.Join(", ", All.Select(known => known.Code))}.");
        return English;
    }

    private static PrintLanguage Accepted(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted)
            ? accepted.Where(language => language.Quality != 0)
                .OrderByDescending(language => language.Quality ?? 1)
                .Select(language => Find(language.Value.Value!.Split('-')[0].ToLowerInvariant()))
                .FirstOrDefault(known => known is not null) ?? English
            : English;

    private static PrintLanguage? Find(string code) => Array.Find(All, known => known.Code == code);

    private static NumberFormatInfo NumbersWith(string group, string point) => new()
    {
        NumberGroupSeparator = group,
        NumberDecimalSeparator = point,
    };
}

namespace Scrip.Files.Formats;

/// <summary>The products whose files can be read.</summary>
public static class FileFormats
{
    /// <summary>The source that recognises the product by its columns.</summary>
    public const string Auto = "auto";

    /// <summary>The source whose columns the caller names.</summary>
    public const string Generic = "generic";

    internal static IReadOnlyList<FileFormat> All { get; } =
    [
        ScripFormat.Format,
        ShopifyFormat.Format,
        WooCommerceFormat.Format,
        PwFormat.Format,
        YithFormat.Format,
        VoucherifyFormat.Format,
        AdobeFormat.Format,
        SpreeFormat.Format,
        PretixFormat.Format,
        OdooFormat.Format,
        BigCommerceFormat.Format,
        SquareFormat.Format,
        GiftUpFormat.Format,
    ];

    /// <summary>The values of the option <c>source</c>.</summary>
    public static IReadOnlyList<string> Sources { get; } = [Auto, .. All.Select(format => format.Name), Generic];
}

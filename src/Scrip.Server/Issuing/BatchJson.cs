using System.Globalization;
using Scrip.Ledger.Access;
using Scrip.Ledger.Certificates;
using Scrip.Server.Auth;
using Scrip.Server.Http;
using Scrip.Storage;

namespace Scrip.Server.Issuing;

/// <summary>Batches on the wire.</summary>
internal static class BatchJson
{
    private static readonly (BatchSource Source, string Name)[] Sources =
    [
        (BatchSource.BulkCreate, "bulk-create"),
        (BatchSource.Generated, "generated"),
        (BatchSource.Imported, "imported"),
    ];

    /// <summary>Of batches that <see cref="Named"/> returns.</summary>
    public static readonly Attributes<Batch> Attributes = new(
        Attribute<Batch>.Number("id", (in batch) => batch.Id),
        Attribute<Batch>.Text("name", (in batch) => batch.Name),
        Attribute<Batch>.Text("source", NameOfSource),
        Attribute<Batch>.Number("certificates", (in batch) => batch.Certificates),
        Attribute<Batch>.Number("value", (in batch) => batch.Units),
        Attribute<Batch>.Instant("created_at", (in batch) => batch.CreatedAt),
        Attribute<Batch>.Text("created_by", (in batch) => ActorNames.Of(batch.CreatedBy)));

    /// <summary>A batch without a name of its own is called after the minute in which it was made, where the site is.</summary>
    public static Batch Named(in Batch batch, Site site)
    {
        if (batch.Name is not null)
            return batch;
        var made = TimeZoneInfo.ConvertTime(batch.CreatedAt, TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone));
        return batch with { Name = made.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) };
    }

    /// <exception cref="StorageException">A newer version stored a source that this one does not know.</exception>
    private static string NameOfSource(in Batch batch)
    {
        foreach (var (known, name) in Sources)
        {
            if (known == batch.Source)
                return name;
        }
        throw StorageException.NotUnderstood(
            string.Create(CultureInfo.InvariantCulture, $"the source {(int)batch.Source} of batch {batch.Id}"));
    }
}

using Microsoft.EntityFrameworkCore;
using Scrip.Baselines.EfCore.Certificates;
using Scrip.Baselines.EfCore.Redemptions;

namespace Scrip.Baselines.EfCore;

internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Certificate> Certificates => Set<Certificate>();
    public DbSet<Redemption> Redemptions => Set<Redemption>();
    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Certificate>(certificate =>
        {
            certificate.ToTable("certificate", table => table.HasCheckConstraint("balance", "spent >= 0 and spent <= value * 100"));
            certificate.Property(row => row.Id).HasColumnName("id");
            certificate.Property(row => row.Code).HasColumnName("code").HasMaxLength(255);
            certificate.Property(row => row.IsActive).HasColumnName("is_active");
            certificate.Property(row => row.Value).HasColumnName("value");
            certificate.Property(row => row.Spent).HasColumnName("spent");
            certificate.Property(row => row.UpdatedAt).HasColumnName("updated_at");
            certificate.HasIndex(row => row.Code).IsUnique();
        });
        modelBuilder.Entity<Redemption>(redemption =>
        {
            redemption.ToTable("redemption");
            redemption.Property(row => row.Reference).HasMaxLength(100);
            redemption.HasOne<Certificate>().WithMany().HasForeignKey(row => row.CertificateId);
            redemption.HasIndex(row => new { row.CertificateId, row.Reference }).IsUnique();
        });
        modelBuilder.Entity<IdempotencyRecord>(record =>
        {
            record.ToTable("idempotency_record");
            record.Property(row => row.Key).HasMaxLength(255);
            record.HasOne(row => row.Redemption).WithMany().HasForeignKey(row => row.RedemptionId);
            record.HasIndex(row => row.Key).IsUnique();
        });
    }
}

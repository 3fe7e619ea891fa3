namespace Scrip.Tests.Storage;

/// <summary>Conditions under which a database can be distributed by its sites, read from the catalogue.</summary>
[Trait("Database", "Postgres")]
public sealed class PostgresSchemaTests : IDisposable
{
    private const string Ours = "'public'::regnamespace";
    private const string Tables = $"(select oid from pg_class where relnamespace = {Ours})";

    private readonly PostgresDatabase database = new();

    public PostgresSchemaTests() => database.Open().Dispose();

    public void Dispose() => database.Dispose();

    [Fact]
    public void Every_table_but_the_one_that_counts_migrations_is_of_a_site() =>
        Assert.Equal(
            ["schema_version"],
            database.Ask("""
                select c.relname from pg_class c
                where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not exists (
                    select from pg_attribute a where a.attrelid = c.oid and a.attnum = 1 and a.attname = 'site_id' and a.attnotnull)
                """));

    [Fact]
    public void Every_primary_and_unique_key_begins_with_the_site_but_for_the_names_in_the_register_of_sites() =>
        Assert.Equal(
            ["site_name_unique"],
            database.Ask("""
                select i.indexrelid::regclass::text from pg_index i
                join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indisunique and a.attname <> 'site_id'
                """));

    [Fact]
    public void Every_table_of_a_site_has_a_primary_key() =>
        Assert.Equal(
            ["schema_version"],
            database.Ask("""
                select c.relname from pg_class c
                where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)
                """));

    [Theory]
    [InlineData("foreign keys and exclusion constraints", $"select conname from pg_constraint where connamespace = {Ours} and contype not in ('p', 'u', 'c', 'n')")]
    [InlineData("deferrable constraints", $"select conname from pg_constraint where connamespace = {Ours} and condeferrable")]
    [InlineData("triggers", $"select tgname from pg_trigger where tgrelid in {Tables}")]
    [InlineData("sequences, views and partitions", $"select relname from pg_class where relnamespace = {Ours} and relkind not in ('r', 'i')")]
    [InlineData("identity columns", $"select attname from pg_attribute where attrelid in {Tables} and attidentity <> ''")]
    [InlineData("columns with a default", $"select attname from pg_attribute where attrelid in {Tables} and atthasdef")]
    [InlineData("enum types and domains", $"select typname from pg_type where typnamespace = {Ours} and typtype in ('e', 'd')")]
    [InlineData("functions", $"select proname from pg_proc where pronamespace = {Ours}")]
    public void There_are_none_of_what_cannot_be_distributed(string what, string query)
    {
        Assert.NotEmpty(what);
        Assert.Empty(database.Ask(query));
    }
}

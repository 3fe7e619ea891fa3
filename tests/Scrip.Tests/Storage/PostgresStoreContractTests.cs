namespace Scrip.Tests.Storage;

[Trait("Database", "Postgres")]
public sealed class PostgresStoreContractTests() : StoreContractTests(new PostgresDatabase());

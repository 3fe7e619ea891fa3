namespace Scrip.Tests.Storage;

public sealed class PostgresStoreContractTests() : StoreContractTests(new PostgresDatabase());

namespace Scrip.Tests.Storage;

public sealed class SqliteStoreContractTests() : StoreContractTests(new SqliteDatabase());

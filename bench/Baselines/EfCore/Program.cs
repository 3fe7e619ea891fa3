using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Scrip.Baselines.EfCore;
using Scrip.Baselines.EfCore.Certificates;
using Scrip.Baselines.EfCore.Redemptions;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
    json.SerializerOptions.TypeInfoResolverChain.Insert(0, ShopJson.Default);
});
builder.Services.AddShop(builder.Configuration["storage"] ?? "Data Source=shop.db");

var app = builder.Build();
await app.Services.MakeShopAsync();

var token = Encoding.UTF8.GetBytes(app.Configuration["API_TOKEN"] ?? "");
app.Use((context, next) =>
{
    if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers["API-Token"].ToString()), token))
        return next(context);
    context.Response.StatusCode = StatusCodes.Status401Unauthorized;
    return Task.CompletedTask;
});
app.MapCertificates();
app.MapRedemptions();
app.Run();

// The limit of the web server alone: no routing, no token, no database, and 60 constant bytes.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

ReadOnlyMemory<byte> body = """{"id":1000,"code":"CERT-1000","is_active":true,"value":5000}"""u8.ToArray();

var app = builder.Build();
app.Run(context =>
{
    context.Response.ContentType = "application/json";
    context.Response.Headers.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body).AsTask();
});
app.Run();

namespace Scrip.Tests.Support;

/// <summary>A client that can be cut off from the server while the server continues.</summary>
public sealed class GatedClient : IDisposable
{
    private readonly Gate gate = new();

    public GatedClient(HttpClient like)
    {
        Client = new HttpClient(gate) { BaseAddress = like.BaseAddress };
        foreach (var header in like.DefaultRequestHeaders)
            Client.DefaultRequestHeaders.Add(header.Key, header.Value);
    }

    public HttpClient Client { get; }

    public void Close() => gate.IsClosed = true;

    public void Dispose() => Client.Dispose();

    private sealed class Gate() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        public volatile bool IsClosed;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            IsClosed ? throw new HttpRequestException("The gate is closed.") : base.SendAsync(request, cancellationToken);
    }
}

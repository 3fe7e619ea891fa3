namespace Scrip.Server.Problems;

/// <summary>
/// The client disconnected while its body was being read. There is no response to send, and nothing is wrong with the server.
/// </summary>
internal sealed class ClientGoneException(Exception inner) : Exception("The client disconnected.", inner);

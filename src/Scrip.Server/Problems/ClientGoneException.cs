namespace Scrip.Server.Problems;

/// <summary>The client broke off while its body was being read. Nobody is left to answer, and nothing is wrong with the server.</summary>
internal sealed class ClientGoneException(Exception inner) : Exception("The client broke off.", inner);

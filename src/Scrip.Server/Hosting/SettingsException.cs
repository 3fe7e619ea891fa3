namespace Scrip.Server.Hosting;

/// <summary>A setting cannot be used. The message is for the operator, in one line.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);

namespace Scrip.Server.Hosting;

/// <summary>A setting is invalid. The message is one line for the operator.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);

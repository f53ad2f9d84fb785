namespace Observe.Ui.Hosting;

/// <summary>The pages cannot be served. The message is for whoever starts the program: which setting is wrong and what to do.</summary>
internal sealed class UiStartException(string message) : Exception(message);

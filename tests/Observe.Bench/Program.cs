using System.CommandLine;
using Observe.Bench;
using Observe.Bench.Commands;

var root = new RootCommand("Load for OTLP addresses, and what it costs the server.")
{
    LoadCommand.Create(TimeProvider.System),
    VerifyCommand.Create(),
    QueryCommand.Create(TimeProvider.System),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception error) when (BenchFailure.Explain(error) is string message)
{
    await Console.Error.WriteLineAsync(message);
    return 1;
}

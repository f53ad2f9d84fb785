using System.CommandLine;
using Observe.Bench.Commands;

var root = new RootCommand("Load for OTLP addresses, and what it costs the server.")
{
    LoadCommand.Create(TimeProvider.System),
    VerifyCommand.Create(),
    QueryCommand.Create(TimeProvider.System),
};
return await root.Parse(args).InvokeAsync();

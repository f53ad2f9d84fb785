using System.CommandLine;
using Observe.MicroBench.Commands;

var root = new RootCommand("What one record costs inside Observe: CPU time and allocated bytes, step by step.")
{
    DecodeCommand.Create(),
    EngineCommand.Create(),
};
return await root.Parse(args).InvokeAsync();

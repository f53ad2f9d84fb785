namespace Observe.Fuzz.Engine;

/// <summary>A finding, with what is needed to see it again.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="What">The exception, or what else is wrong.</param>
/// <param name="Path">The file with the input; a folder when it takes all of the inputs in it, in the order of their names.</param>
public sealed record FuzzFailure(string Target, string What, string Path)
{
    public override string ToString() =>
        $"""
        FAILED: {What}
          input:  {Path}
          replay: dotnet run --project tests/Observe.Fuzz -c Release -- --target {Target} --replay {Path}
        """;
}
